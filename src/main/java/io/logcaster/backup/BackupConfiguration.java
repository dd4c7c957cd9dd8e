package io.logcaster.backup;

import io.logcaster.upkeep.Snapshots;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BackupProperties.class)
class BackupConfiguration {

  @Bean
  BackupTask backupTask(BackupProperties properties, Snapshots snapshots, Clock clock) {
    return new BackupTask(
        properties.isOn() && snapshots.isSupported(),
        properties.interval(),
        () ->
            new Backups(
                properties.open(System.getenv(), clock), snapshots, properties.keep(), clock),
        clock);
  }
}
