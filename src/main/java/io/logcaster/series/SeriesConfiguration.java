package io.logcaster.series;

import io.logcaster.query.ParsedQuery;
import io.logcaster.query.QueryEngine;
import io.logcaster.record.Timestamps;
import io.logcaster.system.DataDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.function.LongSupplier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class SeriesConfiguration {

  @Bean(destroyMethod = "")
  AllSeries allSeries(
      SeriesStore store,
      SeriesProperties properties,
      QueryEngine engine,
      DataDirectory directory,
      Clock clock) {
    ParsedQuery oldest = engine.parse("* | stats min(_time) oldest");
    LongSupplier oldestRecord =
        () -> {
          try {
            String time =
                engine
                    .rows(oldest, Long.MIN_VALUE, Long.MAX_VALUE)
                    .getFirst()
                    .getOrDefault("oldest", "");
            long nanos = Timestamps.parse(time);
            return (nanos == Timestamps.INVALID) ? clock.millis() : nanos / 1_000_000;
          } catch (IOException ex) {
            throw new UncheckedIOException(ex);
          }
        };
    return new AllSeries(
        store, properties, engine, directory.dir().resolve("series"), oldestRecord, clock);
  }

  @Bean
  SeriesTask seriesTask(AllSeries series) {
    return new SeriesTask(series);
  }
}
