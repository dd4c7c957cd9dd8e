package io.logcaster.upkeep;

import io.logcaster.query.QueryEngine;
import io.logcaster.storage.LogStorage;
import io.logcaster.storage.config.RetentionProperties;
import io.logcaster.system.DataDirectory;
import io.logcaster.system.DiskSpace;
import java.io.IOException;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class UpkeepConfiguration {

  @Bean
  Retention retention(
      LogStorage storage,
      RetentionProperties properties,
      DiskSpace disk,
      QueryEngine queries,
      Clock clock) {
    return new Retention(
        storage, properties, Retention.compile(properties.rules(), queries), disk.total(), clock);
  }

  @Bean
  DeleteTasks deleteTasks(
      LogStorage storage, QueryEngine queries, DeleteTaskStore store, Clock clock) {
    return new DeleteTasks(storage, queries, store, clock);
  }

  @Bean
  Snapshots snapshots(
      DataDirectory directory,
      LogStorage storage,
      JdbcClient control,
      Environment environment,
      Clock clock)
      throws IOException {
    boolean isFile = environment.getProperty("logcaster.control.url", "").isBlank();
    return new Snapshots(
        directory.dir().resolve("snapshots"), storage, isFile ? control : null, clock);
  }
}
