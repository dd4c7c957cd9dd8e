package io.logcaster.ingest;

import java.util.Locale;

/**
 * A protocol that a port accepts. To add a protocol, add a constant here; the compiler then reports
 * every transport that must handle it.
 */
public enum Protocol {
  /** All protocols, detected from the first bytes of each connection or datagram. */
  AUTO,
  SYSLOG,
  JSON,
  RAW,
  GELF,
  FORWARD(false),
  LUMBERJACK(false),
  FRAMED(false);

  private final boolean overUdp;

  Protocol() {
    this(true);
  }

  Protocol(boolean overUdp) {
    this.overUdp = overUdp;
  }

  /** The name in settings and statistics. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether messages of this protocol may arrive as datagrams. */
  public boolean isOverUdp() {
    return overUdp;
  }
}
