package io.logcaster.query.exec.pipe;

import io.logcaster.query.ast.ExtractPattern;
import io.logcaster.query.ast.ExtractPattern.Step;
import io.logcaster.query.ast.FormatPipe;
import io.logcaster.query.exec.filter.RowMatcher;
import io.logcaster.query.exec.frame.Frame;
import io.logcaster.query.exec.pipe.TransformOperator.Transform;
import io.logcaster.query.exec.text.Quoted;
import io.logcaster.query.value.Durations;
import io.logcaster.query.value.Ipv4;
import io.logcaster.query.value.Numbers;
import io.logcaster.record.ByteBuilder;
import io.logcaster.record.Column;
import io.logcaster.record.JsonString;
import io.logcaster.record.Timestamps;
import java.math.BigDecimal;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Formats fields by a pattern: {@code format}. A value that an option does not apply to is kept as
 * it is.
 */
public final class Formatting {

  private static final Set<String> OPTIONS =
      Set.of(
          "q",
          "uc",
          "lc",
          "urlencode",
          "urldecode",
          "hexencode",
          "hexdecode",
          "base64encode",
          "base64decode",
          "hexnumencode",
          "hexnumdecode",
          "time",
          "duration",
          "duration_seconds",
          "ipv4");

  /** Options that apply to digits only; Java's parsers would accept a plus sign. */
  private static final Set<String> NUMERIC = Set.of("hexnumencode", "hexnumdecode", "ipv4");

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private Formatting() {}

  public static Transform of(FormatPipe pipe, @Nullable RowMatcher condition) {
    List<Step> steps = ExtractPattern.parse(pipe.pattern()).steps();
    return Rewrite.rows(
        condition,
        pipe.overwrite(),
        () -> {
          ByteBuilder text = new ByteBuilder(64);
          return (frame, row, target) -> {
            text.truncate(0);
            for (Step step : steps) {
              text.append(step.text());
              if (step.field() != null && !step.field().isEmpty()) {
                append(frame, row, step.field(), step.option(), text);
              }
            }
            target.put(row, pipe.result(), text);
          };
        });
  }

  private static void append(
      Frame frame, int row, String field, String option, ByteBuilder target) {
    boolean known = OPTIONS.contains(option);
    Column column = frame.column(field);
    byte[] bytes = column.bytes();
    int from = column.start(row);
    int to = column.end(row);
    if (!known) {
      target.append(bytes, from, to);
    } else if (option.equals("q")) {
      JsonString.append(bytes, from, to, target);
    } else {
      byte[] formatted = format(option, column.text(row));
      if (formatted == null) {
        target.append(bytes, from, to);
      } else {
        int begin = target.length();
        target.append(formatted);
        Quoted.repair(target, begin);
      }
    }
  }

  private static byte @Nullable [] format(String option, String value) {
    if (NUMERIC.contains(option) && value.startsWith("+")) {
      return null;
    }
    try {
      return switch (option) {
        case "hexdecode" -> HEX.parseHex(value);
        case "base64decode" -> (value.length() % 4 == 0) ? Base64.getDecoder().decode(value) : null;
        default -> {
          String text = text(option, value);
          yield (text == null) ? null : text.getBytes(StandardCharsets.UTF_8);
        }
      };
    } catch (IllegalArgumentException ex) {
      return null;
    }
  }

  private static @Nullable String text(String option, String value) {
    return switch (option) {
      case "uc" -> value.toUpperCase(Locale.ROOT);
      case "lc" -> value.toLowerCase(Locale.ROOT);
      case "urlencode" ->
          URLEncoder.encode(value, StandardCharsets.UTF_8).replace("*", "%2A").replace("%7E", "~");
      case "urldecode" -> URLDecoder.decode(value, StandardCharsets.UTF_8);
      case "hexencode" -> HEX.formatHex(value.getBytes(StandardCharsets.UTF_8));
      case "base64encode" ->
          Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
      case "hexnumencode" -> String.format(Locale.ROOT, "%016X", Long.parseUnsignedLong(value));
      case "hexnumdecode" -> Long.toUnsignedString(Long.parseUnsignedLong(value, 16));
      case "time" -> time(value);
      case "duration" -> Durations.format(Long.parseLong(value));
      case "duration_seconds" -> seconds(value);
      case "ipv4" -> ipv4(Long.parseLong(value));
      default -> null;
    };
  }

  private static @Nullable String ipv4(long number) {
    return (number >= 0 && number < 1L << 32) ? Ipv4.format(number) : null;
  }

  private static @Nullable String seconds(String value) {
    long nanos = Durations.parse(value);
    if (nanos == Durations.INVALID) {
      return null;
    }
    return Numbers.format(nanos / 1e9);
  }

  /** Seconds, milliseconds, microseconds or nanoseconds since the epoch, by their magnitude. */
  private static @Nullable String time(String value) {
    if (value.length() > 40) {
      return null;
    }
    BigDecimal number = new BigDecimal(value);
    BigDecimal rest = number.abs();
    int shift = 9;
    while (shift > 0 && rest.compareTo(BigDecimal.valueOf(100_000_000_000L)) >= 0) {
      rest = rest.movePointLeft(3);
      shift -= 3;
    }
    BigDecimal nanos = number.movePointRight(shift);
    return (nanos.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0)
        ? null
        : Timestamps.format(nanos.longValue());
  }
}
