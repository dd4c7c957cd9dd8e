package io.logcaster.sink.s3;

import io.logcaster.s3.AwsSignature;
import io.logcaster.s3.S3Address;
import io.logcaster.sink.SinkOption;
import io.logcaster.sink.SinkOptionType;
import io.logcaster.sink.SinkOptions;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The options of an archive.
 *
 * @param address where the bucket is
 * @param region the region that requests are signed for
 * @param accessKey the name of the key
 * @param secretKey the key
 * @param sessionToken of temporary keys; null for permanent ones
 * @param prefix what all keys start with: empty, or ends with a slash
 * @param daily whether there is a folder for each day instead of each hour
 * @param compression what the lines are compressed with
 * @param partBytes the size of the parts of a large object
 * @param headers go with every object
 */
record S3Options(
    S3Address address,
    String region,
    String accessKey,
    String secretKey,
    @Nullable String sessionToken,
    String prefix,
    boolean daily,
    Compression compression,
    int partBytes,
    Map<String, String> headers) {

  static final List<SinkOption> ALL =
      List.of(
          SinkOption.required(
              "bucket", SinkOptionType.TEXT, "Name of the bucket, which must exist"),
          SinkOption.optional(
                  "endpoint",
                  SinkOptionType.URL,
                  null,
                  "URL of the storage; that of AWS where not set")
              .asAddress(),
          SinkOption.optional("region", SinkOptionType.TEXT, "us-east-1", "Region of the bucket"),
          SinkOption.optional(
              "pathStyle",
              SinkOptionType.FLAG,
              null,
              "Whether the bucket is named in the path; so unless the storage is that of AWS"),
          SinkOption.optional(
              "accessKey",
              SinkOptionType.TEXT,
              null,
              "Access key; AWS_ACCESS_KEY_ID where not set"),
          SinkOption.optional(
                  "secretKey",
                  SinkOptionType.TEXT,
                  null,
                  "Secret key; AWS_SECRET_ACCESS_KEY where not set")
              .asSecret(),
          SinkOption.optional(
                  "sessionToken",
                  SinkOptionType.TEXT,
                  null,
                  "Token of temporary keys; AWS_SESSION_TOKEN")
              .asSecret(),
          SinkOption.optional("prefix", SinkOptionType.TEXT, "logs", "Folder in the bucket"),
          SinkOption.choice(
              "partition", "hour", List.of("hour", "day"), "A folder for each hour or day"),
          SinkOption.choice(
              "compress", "zstd", List.of("zstd", "gzip", "none"), "Compression of the objects"),
          SinkOption.optional(
              "partSize",
              SinkOptionType.SIZE,
              "8MB",
              "Larger objects are sent in parts of this size"),
          SinkOption.optional(
              "storageClass",
              SinkOptionType.TEXT,
              null,
              "Storage class, such as STANDARD_IA or GLACIER_IR"),
          SinkOption.choice(
              "encryption",
              "none",
              List.of("none", "aes256", "aws:kms"),
              "Encryption that the storage is asked for"),
          SinkOption.optional("kmsKey", SinkOptionType.TEXT, null, "Key of aws:kms"));

  /** The rules for buckets of AWS, and those of other makers, which allow more. */
  private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,62}");

  private static final Pattern REGION = Pattern.compile("[A-Za-z0-9-]{1,40}");

  /** AWS takes no smaller ones, except for the last of an object. */
  private static final long LEAST_PART = 5 << 20;

  /** Each object that is open holds one. */
  private static final long LARGEST_PART = 64 << 20;

  /** What lines are compressed with, and the end of an object's name. */
  enum Compression {
    ZSTD("jsonl.zst", "application/zstd"),
    GZIP("jsonl.gz", "application/gzip"),
    NONE("jsonl", "application/x-ndjson");

    private final String extension;
    private final String mediaType;

    Compression(String extension, String mediaType) {
      this.extension = extension;
      this.mediaType = mediaType;
    }

    String extension() {
      return extension;
    }

    String mediaType() {
      return mediaType;
    }
  }

  /**
   * Reads checked options.
   *
   * @param environment has the usual variables of AWS
   */
  static S3Options of(SinkOptions options, Map<String, String> environment) {
    String bucket = options.text("bucket");
    require(BUCKET.matcher(bucket).matches(), "bucket", "must be the name of a bucket");
    String region = options.text("region");
    require(REGION.matcher(region).matches(), "region", "must be a region such as eu-central-1");
    boolean aws = !options.has("endpoint");
    URI endpoint =
        URI.create(aws ? "https://s3." + region + ".amazonaws.com" : options.text("endpoint"));
    String path = endpoint.getRawPath();
    require(
        (path.isEmpty() || path.equals("/"))
            && endpoint.getRawQuery() == null
            && endpoint.getRawFragment() == null,
        "endpoint",
        "must not have a path; set bucket and prefix instead");
    boolean given = options.has("accessKey");
    require(
        given == options.has("secretKey"), "secretKey", "goes with accessKey: set both or neither");
    String accessKey =
        given ? options.text("accessKey") : environment.getOrDefault("AWS_ACCESS_KEY_ID", "");
    String secretKey =
        given ? options.text("secretKey") : environment.getOrDefault("AWS_SECRET_ACCESS_KEY", "");
    require(
        !accessKey.isEmpty() && !secretKey.isEmpty(),
        "accessKey",
        "is required, with secretKey, unless the environment has AWS_ACCESS_KEY_ID and"
            + " AWS_SECRET_ACCESS_KEY");
    String token =
        given ? options.text("sessionToken") : environment.getOrDefault("AWS_SESSION_TOKEN", "");
    long part = options.size("partSize");
    require(part >= LEAST_PART && part <= LARGEST_PART, "partSize", "must be between 5MB and 64MB");
    return new S3Options(
        new S3Address(
            endpoint, bucket, options.has("pathStyle") ? options.flag("pathStyle") : !aws),
        region,
        accessKey,
        secretKey,
        token.isEmpty() ? null : token,
        prefix(options.text("prefix")),
        options.text("partition").equals("day"),
        switch (options.text("compress")) {
          case "gzip" -> Compression.GZIP;
          case "none" -> Compression.NONE;
          default -> Compression.ZSTD;
        },
        (int) part,
        headers(options));
  }

  private static String prefix(String given) {
    String prefix = given.strip();
    while (prefix.startsWith("/")) {
      prefix = prefix.substring(1);
    }
    require(
        prefix.length() <= 500 && prefix.chars().allMatch((c) -> c > ' ' && c != 0x7f),
        "prefix",
        "must be at most 500 characters without spaces");
    for (String part : prefix.split("/", -1)) {
      require(!part.equals(".") && !part.equals(".."), "prefix", "must not have . or .. in it");
    }
    return (prefix.isEmpty() || prefix.endsWith("/")) ? prefix : prefix + "/";
  }

  private static Map<String, String> headers(SinkOptions options) {
    Map<String, String> headers = new TreeMap<>();
    if (options.has("storageClass")) {
      headers.put("x-amz-storage-class", headerValue(options, "storageClass"));
    }
    String encryption = options.text("encryption");
    if (!encryption.equals("none")) {
      headers.put(
          "x-amz-server-side-encryption", encryption.equals("aes256") ? "AES256" : encryption);
    }
    if (options.has("kmsKey")) {
      require(encryption.equals("aws:kms"), "kmsKey", "goes with encryption aws:kms");
      headers.put("x-amz-server-side-encryption-aws-kms-key-id", headerValue(options, "kmsKey"));
    }
    return headers;
  }

  private static String headerValue(SinkOptions options, String name) {
    String value = options.text(name);
    require(
        value.chars().allMatch((c) -> c > ' ' && c < 0x7f),
        name,
        "must be without spaces and special letters");
    return value;
  }

  private static void require(boolean right, String name, String reason) {
    if (!right) {
      throw SinkOptions.problem(name, reason);
    }
  }

  AwsSignature signature(Clock clock) {
    return new AwsSignature(accessKey, secretKey, sessionToken, region, "s3", clock);
  }

  @Override
  public String toString() {
    return "S3Options[" + address + ", " + prefix + "]"; // never with the keys
  }
}
