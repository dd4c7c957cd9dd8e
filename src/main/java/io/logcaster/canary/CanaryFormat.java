package io.logcaster.canary;

import java.time.Instant;

/** How a canary's record is written. */
enum CanaryFormat {
  /** A line of names and values. */
  RAW {
    @Override
    String text(String message, Instant now) {
      return "level=info app=%s msg=\"%s\"\n".formatted(Canary.APP, message);
    }
  },
  SYSLOG {
    @Override
    String text(String message, Instant now) {
      return "<14>1 %s - %s - - - %s\n".formatted(now, Canary.APP, message);
    }
  },
  JSON {
    @Override
    String text(String message, Instant now) {
      return "{\"app\":\"%s\",\"level\":\"INFO\",\"_msg\":\"%s\"}\n".formatted(Canary.APP, message);
    }
  },
  /** Ends with NUL, as over TCP; a datagram may as well. */
  GELF {
    @Override
    String text(String message, Instant now) {
      return ("{\"version\":\"1.1\",\"host\":\"localhost\",\"short_message\":\"%s\",\"level\":6,"
              + "\"_app\":\"%s\"}\0")
          .formatted(message, Canary.APP);
    }
  };

  /**
   * A record.
   *
   * @param message needs no escapes in any format
   */
  abstract String text(String message, Instant now);
}
