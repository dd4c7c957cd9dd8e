package io.logcaster.tail;

import io.logcaster.nodes.Nodes;
import io.logcaster.query.HttpQueryReader;
import io.logcaster.query.ParsedQuery;
import io.logcaster.query.QueryEngine;
import io.logcaster.query.lang.QuerySyntaxException;
import io.logcaster.system.ProblemException;
import io.logcaster.system.StreamProperties;
import io.logcaster.work.HeapShare;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;

@Configuration(proxyBeanMethods = false)
class TailConfiguration {

  /** At most half of the processors, so that readers leave enough for ingest. */
  private static final int MAX_WORKERS = 4;

  /** Soon enough for a node that restarts, and no load on one that is away. */
  private static final Duration RECONNECT = Duration.ofSeconds(2);

  @Bean(initMethod = "start")
  TailHub tailHub(TailProperties properties, StreamProperties streams) {
    int workers = Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, MAX_WORKERS);
    long total = HeapShare.TAILS.bytes();
    return new TailHub(workers, properties.bufferSize().toBytes(), total, streams.heartbeat());
  }

  @Bean
  RemoteTails remoteTails(Nodes nodes) {
    return new RemoteTails(nodes, RECONNECT);
  }

  @Bean
  TailQueries tailQueries(QueryEngine engine) {
    return (request) -> {
      try {
        ParsedQuery query = HttpQueryReader.of(request);
        String text = query.canonical();
        return new TailQueries.Compiled(
            text,
            query.tree().pipes().isEmpty()
                ? new FilterQuery(engine.filter(text))
                : new PipeQuery(engine.live(query)),
            TakenView.of(request));
      } catch (QuerySyntaxException ex) {
        // Without the cause, or the exception handler of the query paths would answer instead.
        throw new ProblemException(HttpStatus.BAD_REQUEST, ex.code(), ex.detail())
            .with("line", ex.line())
            .with("column", ex.column());
      }
    };
  }
}
