package io.logcaster.notice.content;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Addresses of the console's pages. */
final class ConsoleLink {

  private ConsoleLink() {}

  /** Explore with a query and a range. */
  static String explore(String base, String query, Instant start, Instant end) {
    if (base.isEmpty()) {
      return "";
    }
    return "%s/#/explore?q=%s&range=%s"
        .formatted(
            base.endsWith("/") ? base.substring(0, base.length() - 1) : base,
            encoded(query),
            // The console counts in milliseconds; a record just before the end belongs to it.
            encoded(
                start.truncatedTo(ChronoUnit.MILLIS)
                    + "~"
                    + end.plusMillis(1).truncatedTo(ChronoUnit.MILLIS)));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
