package io.logcaster.query;

import io.logcaster.nodes.Nodes;
import io.logcaster.query.peer.NodePeers;
import io.logcaster.storage.LogStorage;
import io.logcaster.work.HeapShare;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class QueryConfiguration {

  /** A decoded block of 2 MB of text with the positions of its values. */
  private static final long WORKER_BYTES = 4L << 20;

  @Bean
  QueryLimits queryLimits(QueryProperties properties) {
    long fitting = HeapShare.QUERY_WORKERS.bytes() / WORKER_BYTES;
    return properties.limits(Math.clamp(fitting, 1, Runtime.getRuntime().availableProcessors()));
  }

  @Bean
  QueryEngine queryEngine(LogStorage storage, Nodes nodes, Clock clock, QueryLimits limits) {
    return new QueryEngine(storage, new NodePeers(nodes), clock, limits);
  }

  @Bean
  QueryScheduler queryScheduler(QueryLimits limits) {
    return new QueryScheduler(
        limits.concurrency(),
        limits.queue(),
        limits.time(),
        Runtime.getRuntime().availableProcessors(),
        System::nanoTime,
        ManagementFactory.getThreadMXBean()::getCurrentThreadCpuTime);
  }

  /** Cancels the queries before the web server waits for its requests to end. */
  @Bean
  SmartLifecycle queriesEnd(QueryEngine engine) {
    return new SmartLifecycle() {

      private volatile boolean running;

      @Override
      public void start() {
        running = true;
      }

      @Override
      public void stop() {
        running = false;
        engine.stop();
      }

      @Override
      public boolean isRunning() {
        return running;
      }

      @Override
      public int getPhase() {
        return Integer.MAX_VALUE;
      }
    };
  }

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> connectionWatch() {
    return (factory) -> factory.addContextValves(new ConnectionWatch());
  }
}
