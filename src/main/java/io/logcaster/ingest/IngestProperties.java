package io.logcaster.ingest;

import jakarta.validation.constraints.NotNull;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What all inputs have in common.
 *
 * @param streamFields Fields whose values make up a record's stream.
 * @param timeZone Zone of times that senders write without one, such as Europe/Berlin; the
 *     machine's where not set.
 */
@ConfigurationProperties("logcaster.ingest")
@Validated
public record IngestProperties(
    @NotNull @DefaultValue({"host", "app"}) List<String> streamFields, @Nullable ZoneId timeZone) {

  public IngestProperties {
    streamFields = List.copyOf(streamFields);
  }

  /** The zone of times without one. */
  public ZoneId zone() {
    return (timeZone != null) ? timeZone : ZoneId.systemDefault();
  }
}
