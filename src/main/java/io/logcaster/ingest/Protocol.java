package io.logcaster.ingest;

import java.util.Locale;

/**
 * What a port takes. To add a protocol, add a constant here; the compiler then asks every transport
 * what it does with it.
 */
public enum Protocol {
  /** Everything: each connection, or each datagram, decides by its first bytes. */
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

  /** Whether a datagram may hold a message of it. */
  public boolean isOverUdp() {
    return overUdp;
  }
}
