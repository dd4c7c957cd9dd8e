package io.logcaster.backup;

import io.logcaster.s3.AwsSignature;
import io.logcaster.s3.S3Address;
import io.logcaster.s3.S3Bucket;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
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
    if (endpoint != null && (endpoint.getHost() == null || !endpoint.getPath().matches("/?"))) {
      throw new IllegalArgumentException(
          "logcaster.backup.endpoint is '"
              + endpoint
              + "', but must be an URL without a path, such as https://s3.example.org");
    }
  }

  /** Whether backups are wanted. */
  boolean isOn() {
    return bucket != null && !bucket.isBlank();
  }

  /**
   * Opens the place of the backups.
   *
   * @param environment has the usual variables of AWS
   * @throws IOException if the keys cannot be read
   */
  public BackupStore open(Map<String, String> environment, Clock clock) throws IOException {
    if (bucket == null || bucket.isBlank()) {
      throw new IOException("logcaster.backup.bucket is not set");
    }
    URI storage =
        (endpoint != null) ? endpoint : URI.create("https://s3." + region + ".amazonaws.com");
    String folder = prefix.strip().replaceAll("^/+|/+$", "");
    return new BackupStore(
        new S3Bucket(
            new S3Address(storage, bucket.strip(), endpoint != null),
            new AwsSignature(
                key("access-key-file", accessKeyFile, environment.get("AWS_ACCESS_KEY_ID")),
                key("secret-key-file", secretKeyFile, environment.get("AWS_SECRET_ACCESS_KEY")),
                environment.get("AWS_SESSION_TOKEN"),
                region,
                "s3",
                clock)),
        folder.isEmpty() ? "" : folder + "/");
  }

  private static String key(String name, @Nullable Path file, @Nullable String variable)
      throws IOException {
    String key = variable;
    if (file != null) {
      try {
        key = Files.readString(file).strip();
      } catch (IOException ex) {
        throw new IOException("logcaster.backup." + name + " cannot be read: " + ex, ex);
      }
    }
    if (key == null || key.isBlank()) {
      throw new IOException("logcaster.backup." + name + " is not set");
    }
    return key;
  }
}
