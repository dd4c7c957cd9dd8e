package io.logcaster.storage.config;

import io.logcaster.s3.S3Settings;
import io.logcaster.storage.tier.TierOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Old segments in object storage.
 *
 * @param bucket Bucket for segments, which must exist; without one all segments stay here.
 * @param endpoint URL of the storage; that of AWS if it is not set.
 * @param region Region that requests are signed for.
 * @param prefix Folder in the bucket; each server needs one of its own.
 * @param accessKeyFile File that holds the access key; AWS_ACCESS_KEY_ID if it is not set.
 * @param secretKeyFile File that holds the secret key; AWS_SECRET_ACCESS_KEY if it is not set.
 * @param owner Name of the server in the bucket; the name of the host if it is not set. Another
 *     machine with an empty disk and this name continues with what is there.
 * @param after Age of its newest record at which a segment is moved to the bucket.
 * @param cache Disk space for fetched parts of segments.
 */
@ConfigurationProperties("logcaster.tier")
record TierProperties(
    @Nullable String bucket,
    @Nullable URI endpoint,
    @DefaultValue("us-east-1") String region,
    @DefaultValue("logcaster-segments") String prefix,
    @Nullable Path accessKeyFile,
    @Nullable Path secretKeyFile,
    @Nullable String owner,
    @DefaultValue("1d") Duration after,
    @DefaultValue("1GB") DataSize cache) {

  private static final String GROUP = "logcaster.tier";

  /** Less would be fetched again and again by a single query. */
  private static final DataSize LEAST_CACHE = DataSize.ofMegabytes(16);

  TierProperties {
    if (after.isNegative()) {
      throw new IllegalArgumentException(
          GROUP + ".after is " + after + ", but must not be negative, such as 1d");
    }
    if (cache.compareTo(LEAST_CACHE) < 0) {
      throw new IllegalArgumentException(
          GROUP + ".cache is " + cache + ", but must be at least " + LEAST_CACHE);
    }
    if (owner != null && !owner.matches("[\\x21-\\x7e]{1,200}")) {
      throw new IllegalArgumentException(
          GROUP + ".owner is '" + owner + "', but must be a name without spaces, such as logs-1");
    }
    S3Settings _ = new S3Settings(GROUP, bucket, endpoint, region, accessKeyFile, secretKeyFile);
  }

  private S3Settings settings() {
    return new S3Settings(GROUP, bucket, endpoint, region, accessKeyFile, secretKeyFile);
  }

  /**
   * What the storage needs; null if all segments stay here.
   *
   * @param environment has the usual variables of AWS
   * @throws IOException if the keys cannot be read
   */
  @Nullable TierOptions options(Map<String, String> environment, Clock clock) throws IOException {
    if (!settings().isOn()) {
      return null;
    }
    return new TierOptions(
        settings().open(environment, clock),
        S3Settings.folder(prefix),
        (owner != null) ? owner : host(environment),
        after,
        cache.toBytes(),
        clock);
  }

  private static String host(Map<String, String> environment) {
    String name = environment.get("HOSTNAME");
    if (name != null && !name.isBlank()) {
      return name.strip();
    }
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException ex) {
      return "logcaster";
    }
  }
}
