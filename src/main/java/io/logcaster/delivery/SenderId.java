package io.logcaster.delivery;

import java.util.Locale;

/**
 * A sender that numbers what it sends.
 *
 * @param protocol who gives the numbers
 * @param name its name among the senders of the protocol, such as {@code web-12}
 */
public record SenderId(Protocol protocol, String name) {

  /** Who gives the numbers, and what is numbered. */
  public enum Protocol {
    /** The framed protocol numbers frames of several records. */
    FRAMED("frame", "frames"),
    /** Lumberjack numbers the events of a window; the next window begins with 1 again. */
    LUMBERJACK("record", "records"),
    /** The journal of systemd numbers its entries in the field {@code __SEQNUM}. */
    JOURNAL("record", "records");

    private final String one;
    private final String many;

    Protocol(String one, String many) {
      this.one = one;
      this.many = many;
    }

    /** The name in the API, such as {@code framed}. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** What is numbered, in the plural. */
    String unit() {
      return many;
    }

    /** A count with its unit, such as {@code 37 records}. */
    String counted(long count) {
      return count + " " + ((count == 1) ? one : many);
    }
  }
}
