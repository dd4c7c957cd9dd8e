package io.logcaster.ingest.kafka;

import io.logcaster.ingest.Protocol;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a message of a topic is. */
enum MessageFormat {
  /** Text that tells by itself what it is, also OTLP in JSON. */
  AUTO(Protocol.AUTO),
  JSON(Protocol.JSON),
  RAW(Protocol.RAW),
  SYSLOG(Protocol.SYSLOG),
  GELF(Protocol.GELF),
  /** A request of OTLP for logs, in protocol buffers. */
  OTLP_PROTO(null),
  /** The same in OTLP's JSON. */
  OTLP_JSON(null);

  private final @Nullable Protocol text;

  MessageFormat(@Nullable Protocol text) {
    this.text = text;
  }

  /** The protocol of one record as text; null for OTLP, whose messages hold many. */
  @Nullable Protocol textProtocol() {
    return text;
  }

  /** The name in settings and statistics. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
