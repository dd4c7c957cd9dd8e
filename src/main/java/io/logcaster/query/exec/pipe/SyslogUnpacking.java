package io.logcaster.query.exec.pipe;

import io.logcaster.query.ast.Overwrite;
import io.logcaster.query.ast.UnpackSyslogPipe;
import io.logcaster.query.exec.filter.RowMatcher;
import io.logcaster.query.exec.frame.Overlay;
import io.logcaster.query.exec.pipe.Rewrite.RowMaker;
import io.logcaster.query.exec.pipe.TransformOperator.Transform;
import io.logcaster.record.Column;
import io.logcaster.record.Timestamps;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Unpacks a syslog line of RFC 5424 or RFC 3164 into fields: {@code unpack_syslog}. */
public final class SyslogUnpacking {

  private static final String[] LEVELS = {
    "emerg", "alert", "critical", "error", "warning", "notice", "info", "debug"
  };

  private static final String[] FACILITIES = {
    "kern",
    "user",
    "mail",
    "daemon",
    "auth",
    "syslog",
    "lpr",
    "news",
    "uucp",
    "cron",
    "authpriv",
    "ftp",
    "ntp",
    "security",
    "console",
    "solaris-cron",
    "local0",
    "local1",
    "local2",
    "local3",
    "local4",
    "local5",
    "local6",
    "local7"
  };

  private static final Pattern PRIORITY = Pattern.compile("^<(\\d{1,3})>");

  private static final Pattern RFC5424 =
      Pattern.compile(
          "^1 (\\S{1,64}) (\\S{1,255}) (\\S{1,255}) (\\S{1,128}) (\\S{1,128}) (-|\\[.*)",
          Pattern.DOTALL);

  private static final Pattern RFC3164 =
      Pattern.compile(
          "^(?:([A-Z][a-z]{2}) {1,2}(\\d{1,2})"
              + " (\\d\\d):(\\d\\d):(\\d\\d)|(\\d{4}-\\d\\d-\\d\\dT\\S{5,40})) (.*)",
          Pattern.DOTALL);

  private static final Pattern TAG =
      Pattern.compile("^([^\\[: ]{1,128})(?:\\[([^\\]]{0,128})\\])?:? ?");

  private static final List<String> MONTHS =
      List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

  private final String prefix;

  private final long offset;

  private final long now;

  private SyslogUnpacking(String prefix, long offset, long now) {
    this.prefix = prefix;
    this.offset = offset;
    this.now = now;
  }

  public static Transform of(UnpackSyslogPipe pipe, @Nullable RowMatcher condition, long now) {
    SyslogUnpacking unpacking = new SyslogUnpacking(pipe.resultPrefix(), pipe.offset(), now);
    Overwrite overwrite = pipe.keepOriginal() ? Overwrite.KEEP_ORIGINAL : Overwrite.ALWAYS;
    return Rewrite.rows(condition, overwrite, () -> unpacking.maker(pipe.field()));
  }

  private RowMaker maker(String field) {
    return (frame, row, target) -> {
      Column column = frame.column(field);
      if (!column.isEmpty(row)) {
        unpack(column.text(row), row, target);
      }
    };
  }

  private void put(Overlay target, int row, String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
      target.put(row, prefix + name, bytes, 0, bytes.length);
    }
  }

  private void unpack(String line, int row, Overlay target) {
    String rest = line;
    Matcher priority = PRIORITY.matcher(line);
    if (priority.find()) {
      int number = Integer.parseInt(priority.group(1));
      put(target, row, "priority", priority.group(1));
      put(target, row, "facility", Integer.toString(number / 8));
      put(
          target,
          row,
          "facility_keyword",
          (number / 8 < FACILITIES.length) ? FACILITIES[number / 8] : "unknown");
      put(target, row, "severity", Integer.toString(number % 8));
      put(target, row, "level", LEVELS[number % 8]);
      rest = line.substring(priority.end());
    }
    if (rest.isEmpty()) {
      return;
    }
    Matcher head = RFC5424.matcher(rest);
    if (head.find()) {
      rfc5424(head, row, target);
    } else {
      rfc3164(rest, row, target);
    }
  }

  private void rfc5424(Matcher head, int row, Overlay target) {
    put(target, row, "format", "rfc5424");
    put(target, row, "timestamp", known(head.group(1)));
    put(target, row, "hostname", known(head.group(2)));
    put(target, row, "app_name", known(head.group(3)));
    put(target, row, "proc_id", known(head.group(4)));
    put(target, row, "msg_id", known(head.group(5)));
    String data = head.group(6);
    if (!data.startsWith("[")) {
      // After a dash, the message begins where the match ends.
      String line = head.replaceFirst("");
      put(target, row, "message", line.startsWith(" ") ? line.substring(1) : line);
      return;
    }
    int end = structuredData(data, row, target);
    put(
        target,
        row,
        "message",
        (end < data.length() && data.charAt(end) == ' ')
            ? data.substring(end + 1)
            : data.substring(end));
  }

  private static @Nullable String known(String value) {
    return value.equals("-") ? null : value;
  }

  /** Reads {@code [id name="value" …][…]} and returns where it ends. */
  private int structuredData(String data, int row, Overlay target) {
    int at = 0;
    while (at < data.length() && data.charAt(at) == '[') {
      int end = at + 1;
      while (end < data.length() && data.charAt(end) != ' ' && data.charAt(end) != ']') {
        end++;
      }
      String id = data.substring(at + 1, end);
      at = end;
      while (at < data.length() && data.charAt(at) == ' ') {
        int equals = data.indexOf("=\"", at);
        if (equals < 0) {
          return at;
        }
        String name = data.substring(at + 1, equals).strip();
        StringBuilder value = new StringBuilder();
        int i = equals + 2;
        while (i < data.length() && data.charAt(i) != '"') {
          if (data.charAt(i) == '\\'
              && i + 1 < data.length()
              && "\"\\]".indexOf(data.charAt(i + 1)) >= 0) {
            i++;
          }
          value.append(data.charAt(i++));
        }
        put(target, row, id + "." + name, value.toString());
        at = i + 1;
      }
      if (at >= data.length() || data.charAt(at) != ']') {
        return Math.min(at, data.length());
      }
      at++;
    }
    return at;
  }

  private void rfc3164(String text, int row, Overlay target) {
    put(target, row, "format", "rfc3164");
    Matcher head = RFC3164.matcher(text);
    String time = head.find() ? ((head.group(1) == null) ? utc(head.group(6)) : time(head)) : null;
    if (time == null) {
      put(target, row, "message", text);
      return;
    }
    put(target, row, "timestamp", time);
    String rest = head.group(7);
    int space = rest.indexOf(' ');
    if (space < 0) {
      put(target, row, "hostname", rest);
      return;
    }
    put(target, row, "hostname", rest.substring(0, space));
    rest = rest.substring(space + 1);
    Matcher tag = TAG.matcher(rest);
    if (tag.find()) {
      put(target, row, "app_name", tag.group(1));
      put(target, row, "proc_id", tag.group(2));
      rest = rest.substring(tag.end());
    }
    put(target, row, "message", rest);
  }

  /** A time of RFC 3339 in UTC; null if the text is not one. */
  private static @Nullable String utc(String text) {
    long time = Timestamps.parse(text);
    return (time == Timestamps.INVALID) ? null : Timestamps.format(time);
  }

  /**
   * A time without a year belongs to the last twelve months; one day of tolerance is for clocks
   * that run fast.
   */
  private @Nullable String time(Matcher head) {
    int month = MONTHS.indexOf(head.group(1)) + 1;
    LocalDateTime present =
        LocalDateTime.ofInstant(
            Instant.ofEpochSecond(Math.floorDiv(now, Timestamps.SECOND)), ZoneOffset.UTC);
    for (int year = present.getYear() + 1; month > 0 && year >= present.getYear() - 4; year--) {
      try {
        LocalDateTime time =
            LocalDateTime.of(
                year,
                month,
                Integer.parseInt(head.group(2)),
                Integer.parseInt(head.group(3)),
                Integer.parseInt(head.group(4)),
                Integer.parseInt(head.group(5)));
        if (!time.isAfter(present.plusDays(1))) {
          return Timestamps.format(time.toEpochSecond(ZoneOffset.UTC) * Timestamps.SECOND - offset);
        }
      } catch (DateTimeException ex) {
        // 29 February: try the year before.
      }
    }
    return null;
  }
}
