package io.logcaster.backup;

import io.logcaster.s3.S3Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Backups in object storage.
 *
 * @param bucket Bucket of the backups, which must exist; without one there are no backups.
 * @param endpoint URL of the storage; that of AWS if it is not set.
 * @param region Region that requests are signed for.
 * @param prefix Folder in the bucket; each server needs one of its own.
 * @param accessKeyFile File that holds the access key; AWS_ACCESS_KEY_ID if it is not set.
 * @param secretKeyFile File that holds the secret key; AWS_SECRET_ACCESS_KEY if it is not set.
 * @param interval Time between two backups; only on request if it is not set.
 * @param keep How many backups are kept.
 */
@ConfigurationProperties("logcaster.backup")
public record BackupProperties(
    @Nullable String bucket,
    @Nullable URI endpoint,
    @DefaultValue("us-east-1") String region,
    @DefaultValue("logcaster") String prefix,
    @Nullable Path accessKeyFile,
    @Nullable Path secretKeyFile,
    @Nullable Duration interval,
    @DefaultValue("7") int keep) {

  private static final String GROUP = "logcaster.backup";

  private static final Duration LEAST = Duration.ofMinutes(1);

  public BackupProperties {
    if (keep < 1) {
      throw new IllegalArgumentException(
          "logcaster.backup.keep is " + keep + ", but must be at least 1");
    }
    if (interval != null && interval.compareTo(LEAST) < 0) {
      throw new IllegalArgumentException(
          "logcaster.backup.interval is " + interval + ", but must be at least 1m");
    }
    S3Settings _ = new S3Settings(GROUP, bucket, endpoint, region, accessKeyFile, secretKeyFile);
  }

  private S3Settings settings() {
    return new S3Settings(GROUP, bucket, endpoint, region, accessKeyFile, secretKeyFile);
  }

  /** Whether backups are wanted. */
  boolean isOn() {
    return settings().isOn();
  }

  /**
   * Opens the place of the backups.
   *
   * @param environment has the usual variables of AWS
   * @throws IOException if the keys cannot be read
   */
  public BackupStore open(Map<String, String> environment, Clock clock) throws IOException {
    return new BackupStore(settings().open(environment, clock), S3Settings.folder(prefix));
  }
}
