package io.logcaster.storage.segment;

import io.logcaster.s3.S3Server;
import io.logcaster.s3.S3Settings;
import io.logcaster.storage.BatchLog.Hold;
import io.logcaster.storage.MessageObserver;
import io.logcaster.storage.tier.TierOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;

/** Storages whose old segments are in an object storage. */
public final class Tiers {

  /** Every record and every file is old then. */
  public static final Clock LATER =
      Clock.fixed(Instant.parse("2100-01-01T00:00:00Z"), ZoneOffset.UTC);

  private Tiers() {}

  public static TierOptions options(S3Server server, String owner, long cacheBytes)
      throws IOException {
    return new TierOptions(
        new S3Settings(
                "logcaster.tier", "bucket", URI.create(server.endpoint()), "us-east-1", null, null)
            .open(
                Map.of(
                    "AWS_ACCESS_KEY_ID",
                    S3Server.ACCESS_KEY,
                    "AWS_SECRET_ACCESS_KEY",
                    S3Server.SECRET_KEY),
                Clock.systemUTC()),
        "tier/",
        owner,
        Duration.ofHours(10),
        cacheBytes,
        LATER);
  }

  public static SegmentLogStorage open(Path directory, SegmentOptions options, TierOptions tiers)
      throws IOException {
    return SegmentLogStorage.open(directory, options, MessageObserver.NONE, Hold.NONE, tiers);
  }

  /** Opens a storage of the owner {@code one} with a small cache. */
  public static SegmentLogStorage open(Path directory, S3Server server) throws IOException {
    return open(directory, SegmentOptions.defaults(), options(server, "one", 4 << 20));
  }

  /** Writes all records to segments and brings these to the object storage. */
  public static void move(SegmentLogStorage storage) throws IOException {
    storage.flushAll();
    storage.moveDue();
  }
}
