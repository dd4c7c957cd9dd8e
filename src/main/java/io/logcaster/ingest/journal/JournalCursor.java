package io.logcaster.ingest.journal;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The place of an entry: its number in a sequence of entries.
 *
 * @param sequence the id of the sequence, as in {@code __SEQNUM_ID}
 * @param number as in {@code __SEQNUM}
 */
public record JournalCursor(String sequence, long number) {

  private static final String SEQUENCE = "s=";

  private static final String NUMBER = "i=";

  /** Reads {@code s=0639…;i=2f1a;b=…;m=…;t=…;x=…}; null for other texts. */
  public static @Nullable JournalCursor parse(String text) {
    String sequence = null;
    String number = null;
    for (String part : text.split(";", 8)) {
      if (part.startsWith(SEQUENCE)) {
        sequence = part.substring(SEQUENCE.length());
      } else if (part.startsWith(NUMBER)) {
        number = part.substring(NUMBER.length());
      }
    }
    if (sequence == null || number == null || sequence.length() > 64) {
      return null;
    }
    try {
      return new JournalCursor(sequence.toLowerCase(Locale.ROOT), Long.parseLong(number, 16));
    } catch (NumberFormatException ex) {
      return null;
    }
  }
}
