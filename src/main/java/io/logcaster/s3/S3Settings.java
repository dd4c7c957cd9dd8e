package io.logcaster.s3;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The settings with which a feature reaches a bucket.
 *
 * @param group what the names of the settings begin with, such as {@code logcaster.backup}
 * @param bucket the name of the bucket; null if the feature is not wanted
 * @param endpoint the URL of the storage; null for that of AWS
 * @param region the region that requests are signed for
 * @param accessKeyFile holds the access key; null to take {@code AWS_ACCESS_KEY_ID}
 * @param secretKeyFile holds the secret key; null to take {@code AWS_SECRET_ACCESS_KEY}
 */
public record S3Settings(
    String group,
    @Nullable String bucket,
    @Nullable URI endpoint,
    String region,
    @Nullable Path accessKeyFile,
    @Nullable Path secretKeyFile) {

  public S3Settings {
    if (endpoint != null && (endpoint.getHost() == null || !endpoint.getPath().matches("/?"))) {
      throw new IllegalArgumentException(
          group
              + ".endpoint is '"
              + endpoint
              + "', but must be an URL without a path, such as https://s3.example.org");
    }
  }

  /** Whether a bucket is named. */
  public boolean isOn() {
    return bucket != null && !bucket.isBlank();
  }

  /**
   * Makes a client; sends nothing yet.
   *
   * @param environment has the usual variables of AWS
   * @throws IOException if the keys cannot be read
   */
  public S3Bucket open(Map<String, String> environment, Clock clock) throws IOException {
    if (bucket == null || bucket.isBlank()) {
      throw new IOException(group + ".bucket is not set");
    }
    URI storage =
        (endpoint != null) ? endpoint : URI.create("https://s3." + region + ".amazonaws.com");
    return new S3Bucket(
        new S3Address(storage, bucket.strip(), endpoint != null),
        new AwsSignature(
            key("access-key-file", accessKeyFile, environment.get("AWS_ACCESS_KEY_ID")),
            key("secret-key-file", secretKeyFile, environment.get("AWS_SECRET_ACCESS_KEY")),
            environment.get("AWS_SESSION_TOKEN"),
            region,
            "s3",
            clock));
  }

  /** A folder as the beginning of keys: empty, or ends with a slash. */
  public static String folder(String prefix) {
    String folder = prefix.strip().replaceAll("^/+|/+$", "");
    return folder.isEmpty() ? "" : folder + "/";
  }

  private String key(String name, @Nullable Path file, @Nullable String variable)
      throws IOException {
    String key = variable;
    if (file != null) {
      try {
        key = Files.readString(file).strip();
      } catch (IOException ex) {
        throw new IOException(group + "." + name + " cannot be read: " + ex, ex);
      }
    }
    if (key == null || key.isBlank()) {
      throw new IOException(group + "." + name + " is not set");
    }
    return key;
  }
}
