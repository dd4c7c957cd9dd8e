package io.logcaster.cli;

import io.logcaster.cli.LineSource.Format;
import java.util.Locale;

/** The ways a load generator sends lines. */
enum BenchProtocol {
  RAW(Format.RAW),
  SYSLOG(Format.SYSLOG),
  JSON(Format.JSON),
  FRAMED(Format.JSON),
  HTTP(Format.JSON),
  UDP(Format.SYSLOG),
  ELASTICSEARCH(Format.JSON),
  LOKI(Format.JSON),
  OTLP(Format.JSON);

  /** How much is written at once: what a busy shipper sends, and for HTTP a usual request. */
  private static final int TCP_WRITE = 64 << 10;

  private static final int HTTP_BODY = 1 << 20;

  private final Format format;

  BenchProtocol(Format format) {
    this.format = format;
  }

  /** The shape of the lines. */
  Format format() {
    return format;
  }

  /** The input whose books count what is sent. */
  String input() {
    return (isHttp() || this == UDP) ? text() : "tcp";
  }

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean isHttp() {
    return switch (this) {
      case HTTP, ELASTICSEARCH, LOKI, OTLP -> true;
      case RAW, SYSLOG, JSON, FRAMED, UDP -> false;
    };
  }

  /** Whether its body takes lines apart, which knows the built-in lines alone. */
  boolean needsBuiltInLines() {
    return this == LOKI || this == OTLP;
  }

  int writeSize() {
    return isHttp() ? HTTP_BODY : TCP_WRITE;
  }
}
