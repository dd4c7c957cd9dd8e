package io.logcaster.query.exec.pipe;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.logcaster.query.exec.budget.WatchedText;
import io.logcaster.query.exec.text.JsonReader;
import io.logcaster.query.exec.text.Needle;
import io.logcaster.query.exec.text.XxHash64;
import io.logcaster.record.ByteBuilder;
import io.logcaster.record.BytesMapper;
import io.logcaster.record.JsonString;
import io.logcaster.record.Timestamps;
import io.logcaster.record.Tokens;
import io.logcaster.record.Utf8;
import io.logcaster.record.WorkLimit;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/** Functions of one value that pipes apply to a field, such as {@code len} and {@code replace}. */
public final class Mappings {

  /** Hashes have 53 bits, so that JSON numbers and {@code math} represent them exactly. */
  private static final long HASH_MASK = (1L << 53) - 1;

  private Mappings() {}

  public static void hash(byte[] bytes, int from, int to, ByteBuilder target) {
    target.append(XxHash64.hash(bytes, from, to) & HASH_MASK);
  }

  public static void jsonArrayLength(byte[] bytes, int from, int to, ByteBuilder target) {
    long[] count = new long[1];
    boolean array = JsonReader.array(bytes, from, to, (name, value, kind) -> count[0]++);
    target.append(array ? count[0] : 0);
  }

  /** Replaces a text: its first {@code limit} occurrences, or all if the limit is 0. */
  public static BytesMapper replace(String what, String by, long limit) {
    Needle needle = new Needle(what.getBytes(StandardCharsets.UTF_8), false);
    byte[] replacement = by.getBytes(StandardCharsets.UTF_8);
    return (bytes, from, to, target) -> {
      int at = from;
      long left = (limit == 0) ? Long.MAX_VALUE : limit;
      while (left-- > 0 && needle.length() > 0) {
        int found = needle.find(bytes, at, to);
        if (found < 0) {
          break;
        }
        target.append(bytes, at, found).append(replacement);
        at = found + needle.length();
      }
      target.append(bytes, at, to);
    };
  }

  /**
   * Replaces what an expression matches; {@code $1} and <code>${1}</code> stand for its groups. An
   * absent value stays absent, even if the expression matches the empty text.
   */
  public static BytesMapper replaceRegexp(String expression, String by, long limit) {
    Pattern pattern = Pattern.compile(expression);
    Replacement replacement = Replacement.parse(by);
    return (bytes, from, to, target) -> {
      if (from == to) {
        return;
      }
      String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
      Matcher matcher = pattern.matcher(WatchedText.of(text));
      int at = 0;
      long left = (limit == 0) ? Long.MAX_VALUE : limit;
      boolean matched = false;
      StringBuilder replaced = new StringBuilder();
      int counted = 0;
      while (left > 0 && matcher.find()) {
        // As in RE2, an empty match right after a match does not count.
        if (matcher.end() == matcher.start() && matcher.start() == at && matched) {
          continue;
        }
        replaced.append(text, at, matcher.start());
        replacement.append(matcher, replaced);
        at = matcher.end();
        matched = true;
        left--;
        if (replaced.length() - counted > WorkLimit.SMALL) {
          // Twice as much while it grows, and once more as bytes.
          WorkLimit.growing(4L * (replaced.length() - counted));
          counted = replaced.length();
        }
      }
      target.append(replaced.append(text, at, text.length()).toString());
    };
  }

  /** Joins the items of a JSON array; anything else becomes empty. */
  public static BytesMapper jsonArrayConcat(String separator) {
    byte[] between = separator.getBytes(StandardCharsets.UTF_8);
    return (bytes, from, to, target) -> {
      int start = target.length();
      boolean[] more = new boolean[1];
      boolean array =
          JsonReader.array(
              bytes,
              from,
              to,
              (name, value, kind) -> {
                if (more[0]) {
                  target.append(between);
                }
                more[0] = true;
                target.append(value.array(), 0, value.length());
              });
      if (!array) {
        target.truncate(start);
      }
    };
  }

  /**
   * Adds a duration to a time. Keeps values that are not times, and times that would leave the
   * range.
   */
  public static BytesMapper timeAdd(long nanos) {
    return (bytes, from, to, target) -> {
      long time = Timestamps.parse(bytes, from, to);
      long sum = time + nanos;
      if (time == Timestamps.INVALID || ((time ^ sum) & (nanos ^ sum)) < 0) {
        target.append(bytes, from, to);
      } else {
        target.append(Timestamps.format(sum));
      }
    };
  }

  /** The words of a value as a JSON array. */
  public static BytesMapper words(boolean distinct) {
    return (bytes, from, to, target) -> {
      Set<String> seen = new HashSet<>();
      int start = target.append('[').length();
      Tokens.visit(
          bytes,
          from,
          to,
          (source, wordFrom, wordTo) -> {
            if (distinct
                && !seen.add(
                    new String(source, wordFrom, wordTo - wordFrom, StandardCharsets.UTF_8))) {
              return;
            }
            if (target.length() > start) {
              target.append(',');
            }
            JsonString.append(source, wordFrom, wordTo, target);
          });
      target.append(']');
    };
  }

  /**
   * The parts of a value between separators as a JSON array; an empty separator splits at every
   * character.
   */
  public static BytesMapper split(String separator) {
    Needle needle = new Needle(separator.getBytes(StandardCharsets.UTF_8), false);
    return (bytes, from, to, target) -> {
      target.append('[');
      int at = from;
      while (at < to || at == from || needle.length() > 0) {
        int end =
            (needle.length() == 0)
                ? Math.min(to, at + length(bytes, at, to))
                : needle.find(bytes, at, to);
        int stop = (end < 0) ? to : end;
        if (at > from) {
          target.append(',');
        }
        JsonString.append(bytes, at, stop, target);
        if (end < 0 || (needle.length() == 0 && stop == to)) {
          break;
        }
        at = stop + needle.length();
      }
      target.append(']');
    };
  }

  private static int length(byte[] bytes, int at, int to) {
    return (at < to) ? Utf8.sequenceLength(bytes[at]) : 0;
  }
}
