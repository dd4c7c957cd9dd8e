package io.logcaster.notice.channel;

import io.logcaster.record.Field;
import io.logcaster.system.Printable;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a notice says, as lines of plain text. Values of records are made printable. */
final class NoticeText {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

  private static final int MAX_MESSAGE = 300;

  private NoticeText() {}

  /** A named piece of information about an alert. */
  record Fact(String name, String value) {}

  /** One line: the state, the rule and its labels. */
  static String title(Notice notice) {
    String tag = notice.test() ? "TEST " : notice.escalated() ? "ESCALATED " : "";
    if (notice.status() == Notice.Status.INFO) {
      return "[%sINFO] %s".formatted(tag, Printable.line(notice.summary()));
    }
    int count = notice.alerts().size() + notice.omitted();
    if (count == 1) {
      NoticeAlert alert = notice.alerts().getFirst();
      return "[%s%s] %s%s"
          .formatted(tag, notice.status(), Printable.line(alert.name()), suffix(alert.labels()));
    }
    String names =
        notice.alerts().stream()
            .map((alert) -> Printable.line(alert.name()))
            .distinct()
            .limit(3)
            .collect(Collectors.joining(", "));
    return "[%s%s %d] %s%s"
        .formatted(tag, notice.status(), count, names, suffix(withoutRule(notice.group())));
  }

  private static Map<String, String> withoutRule(Map<String, String> group) {
    return group.entrySet().stream()
        .filter((label) -> !label.getKey().equals("rule"))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static String suffix(Map<String, String> labels) {
    return labels.isEmpty() ? "" : " (" + labels(labels) + ")";
  }

  static String labels(Map<String, String> labels) {
    return labels.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map((label) -> Printable.line(label.getKey() + "=" + label.getValue()))
        .collect(Collectors.joining(", "));
  }

  /** What is known about an alert, without its records. */
  static List<Fact> facts(NoticeAlert alert) {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("Value", number(alert.value())));
    if (!alert.reason().isEmpty()) {
      facts.add(new Fact("Reason", Printable.line(alert.reason())));
    }
    facts.add(new Fact("Severity", alert.severity()));
    facts.add(new Fact("Since", since(alert)));
    if (!alert.labels().isEmpty()) {
      facts.add(new Fact("Labels", labels(alert.labels())));
    }
    if (alert.count() >= 0) {
      facts.add(new Fact("Records", "%,d".formatted(alert.count())));
    }
    if (!alert.template().isEmpty()) {
      facts.add(new Fact("Template", shortened(alert.template(), MAX_MESSAGE)));
    }
    return facts;
  }

  private static String since(NoticeAlert alert) {
    Instant until = alert.until();
    return until == null
        ? time(alert.since())
        : "%s, resolved %s (%s)"
            .formatted(
                time(alert.since()), time(until), length(Duration.between(alert.since(), until)));
  }

  static String time(Instant time) {
    return TIME.format(time.truncatedTo(ChronoUnit.SECONDS));
  }

  private static String length(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    if (seconds < 120) {
      return seconds + " s";
    }
    return seconds < 7_200 ? seconds / 60 + " min" : seconds / 3_600 + " h";
  }

  /** A number as people write it. */
  static String number(double value) {
    if (Double.isNaN(value)) {
      return "unknown";
    }
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return "%,d".formatted((long) value);
    }
    return Math.abs(value) >= 0.001 && Math.abs(value) < 1e9
        ? "%.3f".formatted(value).replaceAll("0+$", "").replaceAll("\\.$", "")
        : "%.3g".formatted(value);
  }

  /** The records of an alert, one a line. */
  static List<String> records(NoticeAlert alert) {
    return alert.records().stream().map(NoticeText::record).toList();
  }

  private static String record(Map<String, String> fields) {
    StringBuilder line = new StringBuilder();
    for (String field : List.of(Field.TIME, "level", "host", "app")) {
      String value = fields.get(field);
      if (value != null) {
        line.append(value).append(' ');
      }
    }
    line.append(fields.getOrDefault(Field.MESSAGE, ""));
    return shortened(line.toString(), MAX_MESSAGE);
  }

  /** Everything as plain text. */
  static String plain(Notice notice) {
    StringBuilder text = new StringBuilder();
    if (!notice.summary().isEmpty()) {
      text.append(Printable.of(notice.summary())).append("\n\n");
    }
    for (NoticeAlert alert : notice.alerts()) {
      text.append(heading(alert)).append('\n');
      facts(alert)
          .forEach(
              (fact) ->
                  text.append("  ")
                      .append(fact.name())
                      .append(": ")
                      .append(fact.value())
                      .append('\n'));
      records(alert).forEach((record) -> text.append("  | ").append(record).append('\n'));
      if (!alert.link().isEmpty()) {
        text.append("  ").append(alert.link()).append('\n');
      }
      text.append('\n');
    }
    return text.append(omitted(notice)).toString().strip();
  }

  /** A line for alerts that are not listed, or nothing. */
  static String omitted(Notice notice) {
    return notice.omitted() == 0 ? "" : "… and %,d more alerts".formatted(notice.omitted());
  }

  static String heading(NoticeAlert alert) {
    return "%s %s".formatted(alert.firing() ? "FIRING" : "RESOLVED", Printable.line(alert.name()));
  }

  /** On one line, cut to a length. */
  static String shortened(String text, int length) {
    String line = Printable.line(text);
    return line.length() <= length ? line : line.substring(0, length - 1) + "…";
  }

  /** Cut to a length, without leaving half of a character that takes two. */
  static String cut(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    int end = length - 1;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
  }

  /** A colour for the state: red, amber, blue or green, as RGB. */
  static int colour(Notice notice) {
    return switch (notice.status()) {
      case RESOLVED -> 0x2E7D32;
      case INFO -> 0x1565C0;
      case FIRING ->
          switch (notice.severity()) {
            case "critical", "error" -> 0xC62828;
            case "info" -> 0x1565C0;
            default -> 0xEF6C00;
          };
    };
  }

  /** Text for HTML and for XML-like markup. */
  static String html(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
