package io.logcaster.tail;

import io.logcaster.system.StreamProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class TailConfiguration {

  /** Half of the processors at most, so that readers never take what ingest needs. */
  private static final int MAX_WORKERS = 4;

  /** Slow readers may hold an eighth of the memory: they matter less than ingest and queries. */
  private static final int SHARE_OF_HEAP = 8;

  @Bean(initMethod = "start")
  TailHub tailHub(TailProperties properties, StreamProperties streams) {
    int workers = Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, MAX_WORKERS);
    long total = Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP;
    return new TailHub(workers, properties.bufferSize().toBytes(), total, streams.heartbeat());
  }
}
