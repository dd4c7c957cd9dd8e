package io.logcaster.ingest;

import jakarta.validation.constraints.NotNull;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What all inputs have in common.
 *
 * @param streamFields Fields whose values make up a record's stream.
 * @param maxRecordSize A longer record that comes by HTTP or UDP is cut here and marked.
 * @param timeZone Zone of times that senders write without one, such as Europe/Berlin; the
 *     machine's where not set.
 */
@ConfigurationProperties("logcaster.ingest")
@Validated
public record IngestProperties(
    @NotNull @DefaultValue({"host", "app"}) List<String> streamFields,
    @DefaultValue("256KB") DataSize maxRecordSize,
    @Nullable ZoneId timeZone) {

  public IngestProperties {
    streamFields = List.copyOf(streamFields);
    if (maxRecordSize.toBytes() < 1024 || maxRecordSize.toBytes() > 16 << 20) {
      throw new IllegalArgumentException(
          "logcaster.ingest.max-record-size must be between 1KB and 16MB, not " + maxRecordSize);
    }
  }

  /** The zone of times without one. */
  public ZoneId zone() {
    return (timeZone != null) ? timeZone : ZoneId.systemDefault();
  }
}
