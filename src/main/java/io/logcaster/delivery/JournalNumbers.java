package io.logcaster.delivery;

import io.logcaster.delivery.SenderId.Protocol;
import io.logcaster.delivery.Spans.Span;
import io.logcaster.record.Column;
import io.logcaster.record.RecordBatch;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the numbers of journal entries: {@code __SEQNUM} counts the entries of one journal, which
 * {@code __SEQNUM_ID} names. A machine has a new journal after its old one was damaged or removed,
 * so the name belongs to the sender.
 */
final class JournalNumbers {

  private static final String NUMBER = "__SEQNUM";
  private static final String JOURNAL = "__SEQNUM_ID";
  private static final String HOST = "host";
  private static final String INFIX = ":journal:";
  private static final int MAX_NAME = 500;

  private JournalNumbers() {}

  /** The spans of each journal in a batch; empty for almost all batches, at the cost of a look. */
  static Map<SenderId, List<Span>> of(RecordBatch batch) {
    if (!batch.fieldNames().contains(NUMBER)) {
      return Map.of();
    }
    Column numbers = batch.column(NUMBER);
    Column journals = batch.column(JOURNAL);
    Column hosts = batch.column(HOST);
    Map<String, Spans> spans = new HashMap<>();
    for (int row = 0; row < batch.size(); row++) {
      long number = number(numbers.bytes(), numbers.start(row), numbers.end(row));
      if (number >= 0 && !journals.isEmpty(row)) {
        String name = hosts.text(row) + INFIX + journals.text(row);
        if (name.length() <= MAX_NAME) {
          spans.computeIfAbsent(name, (key) -> new Spans()).add(number);
        }
      }
    }
    Map<SenderId, List<Span>> byJournal = new HashMap<>();
    spans.forEach(
        (name, found) -> byJournal.put(new SenderId(Protocol.JOURNAL, name), found.take()));
    return byJournal;
  }

  /** A query for the numbers of a journal in a range. */
  static String query(SenderId sender, long from, long to) {
    int at = sender.name().lastIndexOf(INFIX);
    return "%s:=%s %s:=%s %s:range[%d, %d] | stats by (%s) count() n"
        .formatted(
            JOURNAL,
            quoted(sender.name().substring(at + INFIX.length())),
            HOST,
            quoted(sender.name().substring(0, at)),
            NUMBER,
            from,
            to,
            NUMBER);
  }

  /** The number in a row of that query's result; -1 for none. */
  static long number(Map<String, String> row) {
    byte[] text = row.getOrDefault(NUMBER, "").getBytes(StandardCharsets.UTF_8);
    return number(text, 0, text.length);
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static long number(byte[] bytes, int from, int to) {
    if (from == to || to - from > 18) {
      return -1;
    }
    long number = 0;
    for (int at = from; at < to; at++) {
      int digit = bytes[at] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }
}
