package io.logcaster.ingest;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Settings that all inputs share.
 *
 * @param streamFields Fields whose values make up a record's stream.
 * @param maxRecordSize A longer record that comes by HTTP or UDP is cut here and marked.
 * @param timeZone Zone of times that senders write without one, such as Europe/Berlin; the
 *     machine's where not set.
 * @param maxStreams How many streams there may be in a day; records of more share one. 0 for one
 *     for each 8 KB of heap, a million at most.
 * @param maxFields How many names of fields there may be in a day; fields with more are kept
 *     together as JSON. 0 for one for each 64 KB of heap, ten thousand at most.
 */
@ConfigurationProperties("logcaster.ingest")
@Validated
public record IngestProperties(
    @NotNull @DefaultValue({"host", "app"}) List<String> streamFields,
    @DefaultValue("256KB") DataSize maxRecordSize,
    @Nullable ZoneId timeZone,
    @DefaultValue("0") @Min(0) @Max(10_000_000) int maxStreams,
    @DefaultValue("0") @Min(0) @Max(100_000) int maxFields) {

  /** A stream takes about a kilobyte of memory when records are sorted for a merge. */
  private static final int HEAP_PER_STREAM = 8 << 10;

  private static final int MAX_STREAMS = 1_000_000;

  private static final int HEAP_PER_FIELD = 64 << 10;

  private static final int MAX_FIELDS = 10_000;

  public IngestProperties {
    streamFields = List.copyOf(streamFields);
    if (maxRecordSize.toBytes() < 1024 || maxRecordSize.toBytes() > 16 << 20) {
      throw new IllegalArgumentException(
          "logcaster.ingest.max-record-size must be between 1KB and 16MB, not " + maxRecordSize);
    }
  }

  /** The maximum number of streams in a day. */
  int streamLimit() {
    return (maxStreams > 0) ? maxStreams : shareOfHeap(HEAP_PER_STREAM, MAX_STREAMS);
  }

  /** The maximum number of field names in a day. */
  int fieldLimit() {
    return (maxFields > 0) ? maxFields : shareOfHeap(HEAP_PER_FIELD, MAX_FIELDS);
  }

  private static int shareOfHeap(int each, int most) {
    return Math.clamp(Runtime.getRuntime().maxMemory() / each, 1_000, most);
  }

  /** The zone of times that have none. */
  public ZoneId zone() {
    return (timeZone != null) ? timeZone : ZoneId.systemDefault();
  }
}
