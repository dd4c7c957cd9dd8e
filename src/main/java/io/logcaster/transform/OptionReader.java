package io.logcaster.transform;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.logcaster.query.value.Durations;
import io.logcaster.storage.RowFilter;
import io.logcaster.transform.redact.Redactor;
import io.logcaster.transform.redact.SecretKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** Reads the options of one transform; errors name the option and what it may be. */
final class OptionReader {

  private static final int MAX_PATTERNS = 50;
  private static final int MAX_EXPRESSION = 1_000;
  private static final int MIN_KEY_BYTES = 16;
  private static final int MAX_KEY_BYTES = 4_096;

  private final int index;
  private final TransformOptions options;

  OptionReader(int index, TransformOptions options) {
    this.index = index;
    this.options = options;
  }

  private InvalidTransformException invalid(String option, String reason) {
    return new InvalidTransformException(index, "options." + option, reason);
  }

  private @Nullable Object value(String option) {
    return switch (option) {
      case "pipe" -> options.pipe();
      case "values" -> options.values();
      case "sink" -> options.sink();
      case "oneOf" -> options.oneOf();
      case "kinds" -> options.kinds();
      case "patterns" -> options.patterns();
      case "fields" -> options.fields();
      case "with" -> options.with();
      case "keyFile" -> options.keyFile();
      case "preset" -> options.preset();
      case "start" -> options.start();
      case "timeout" -> options.timeout();
      case "maxLines" -> options.maxLines();
      case "maxSize" -> options.maxSize();
      case "window" -> options.window();
      case "rate" -> options.rate();
      case "type" -> options.type();
      default -> throw new IllegalArgumentException(option);
    };
  }

  private static final List<String> ALL =
      Arrays.stream(TransformOptions.class.getRecordComponents())
          .map((component) -> component.getName())
          .toList();

  /** Refuses options of other actions, which would be ignored. */
  void only(Action action) {
    for (String option : ALL) {
      if (value(option) != null && !action.options().contains(option)) {
        String own =
            action.options().isEmpty()
                ? "has no options"
                : "has the options "
                    + action.options().stream().sorted().collect(Collectors.joining(", "));
        throw invalid(option, "does not belong to the action " + action.key() + ", which " + own);
      }
    }
  }

  String text(String option, String ifMissing) {
    Object value = value(option);
    if (!(value instanceof String text) || text.isBlank()) {
      throw invalid(option, ifMissing);
    }
    return text;
  }

  int number(String option, int least, int most) {
    if (!(value(option) instanceof Integer number)) {
      throw invalid(option, "is required: a number from " + least + " to " + most);
    }
    return within(option, number, least, most);
  }

  private int number(String option, int fallback, int least, int most) {
    return (value(option) instanceof Integer number)
        ? within(option, number, least, most)
        : fallback;
  }

  private int within(String option, int number, int least, int most) {
    if (number < least || number > most) {
      throw invalid(
          option, "is " + number + ", but must be a number from " + least + " to " + most);
    }
    return number;
  }

  /** A duration in nanoseconds. */
  long nanos(String option, String fallback, String least, String most) {
    Object value = value(option);
    String text = (value instanceof String given) ? given.strip() : fallback;
    long nanos = nanos(text);
    if (nanos == Durations.INVALID || nanos < nanos(least) || nanos > nanos(most)) {
      throw invalid(
          option, "is '" + text + "', but must be a duration from " + least + " to " + most);
    }
    return nanos;
  }

  private static long nanos(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return Durations.parse(bytes, 0, bytes.length);
  }

  Map<String, String> values() {
    Map<String, String> values = options.values();
    if (values == null || values.isEmpty()) {
      throw invalid("values", "is required: the values by field, such as {\"env\": \"prod\"}");
    }
    return values;
  }

  @Nullable List<String> names(String option) {
    List<String> names = options.fields();
    if (names != null && (names.isEmpty() || names.stream().anyMatch(String::isBlank))) {
      throw invalid(option, "must name fields, such as [\"_msg\"]");
    }
    return names;
  }

  List<String> names(String option, List<String> fallback) {
    List<String> names = names(option);
    return (names != null) ? names : fallback;
  }

  /** A filter of records whose field matches an expression. */
  static String matching(String field, String expression) {
    return quoted(field) + ":~" + quoted(expression);
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }

  JoinStep.Options join(Function<String, RowFilter> start) {
    String preset = options.preset();
    String expression = options.start();
    if ((preset == null) == (expression == null)) {
      throw invalid(
          "preset", "or options.start is required, not both: presets are " + LineRule.NAMES);
    }
    if (preset != null && !LineRule.isKnown(preset)) {
      throw invalid("preset", "is '" + preset + "', but must be " + LineRule.NAMES);
    }
    if (expression != null && (expression.isBlank() || expression.length() > MAX_EXPRESSION)) {
      throw invalid("start", "must have 1 to " + MAX_EXPRESSION + " characters");
    }
    return new JoinStep.Options(
        (expression != null) ? start.apply(expression) : null,
        (preset != null) ? LineRule.of(preset) : LineRule.INDENTATION,
        nanos("timeout", "300ms", "1ms", "10s"),
        number("maxLines", 1_000, 2, 10_000),
        size());
  }

  private int size() {
    String text = options.maxSize();
    if (text == null) {
      return 256 << 10;
    }
    try {
      long bytes = DataSize.parse(text.strip()).toBytes();
      if (bytes >= 1_024 && bytes <= 1 << 20) {
        return (int) bytes;
      }
    } catch (IllegalArgumentException ex) {
      // Described below.
    }
    throw invalid("maxSize", "is '" + text + "', but must be a size from 1KB to 1MB");
  }

  Redactor.With with() {
    String with = options.with();
    return switch ((with == null) ? "mask" : with) {
      case "mask" -> Redactor.With.MASK;
      case "hash" -> Redactor.With.HASH;
      case "remove" -> Redactor.With.REMOVE;
      default -> throw invalid("with", "is '" + with + "', but must be mask, hash or remove");
    };
  }

  byte @Nullable [] key(Redactor.With with) {
    String file = options.keyFile();
    if (with != Redactor.With.HASH) {
      if (file != null) {
        throw invalid("keyFile", "is only used with 'hash'");
      }
      return null;
    }
    if (file == null || file.isBlank()) {
      throw invalid("keyFile", "is required with 'hash': a file with at least 16 random bytes");
    }
    try {
      Path path = Path.of(file);
      if (!Files.isRegularFile(path) || Files.size(path) > MAX_KEY_BYTES) {
        throw invalid("keyFile", "is '" + file + "', which is not a file of at most 4KB");
      }
      byte[] key = stripped(Files.readAllBytes(path));
      if (key.length < MIN_KEY_BYTES) {
        throw invalid("keyFile", "is '" + file + "', which has fewer than 16 bytes");
      }
      return key;
    } catch (IOException | InvalidPathException ex) {
      throw invalid("keyFile", "is '" + file + "', which cannot be read");
    }
  }

  /** Editors end a file with a new line. */
  private static byte[] stripped(byte[] bytes) {
    int end = bytes.length;
    while (end > 0 && (bytes[end - 1] == '\n' || bytes[end - 1] == '\r')) {
      end--;
    }
    return Arrays.copyOf(bytes, end);
  }

  /** The kinds to look for; with patterns alone, none. */
  Set<SecretKind> kinds(boolean allIfMissing) {
    List<String> names = options.kinds();
    if (names == null) {
      return allIfMissing ? EnumSet.allOf(SecretKind.class) : EnumSet.noneOf(SecretKind.class);
    }
    Set<SecretKind> kinds = EnumSet.noneOf(SecretKind.class);
    for (String name : names) {
      kinds.add(
          SecretKind.of(name)
              .orElseThrow(
                  () ->
                      invalid(
                          "kinds",
                          "has '%s', but may only have %s"
                              .formatted(
                                  name,
                                  Arrays.stream(SecretKind.values())
                                      .map(SecretKind::key)
                                      .collect(Collectors.joining(", "))))));
    }
    if (kinds.isEmpty() && options.patterns() == null) {
      throw invalid("kinds", "is empty, and there are no patterns: nothing would be redacted");
    }
    return kinds;
  }

  List<Redactor.Own> patterns() {
    List<TransformOptions.Pattern> given = options.patterns();
    if (given == null) {
      return List.of();
    }
    if (given.size() > MAX_PATTERNS) {
      throw invalid("patterns", "has more than " + MAX_PATTERNS + " patterns");
    }
    List<Redactor.Own> patterns = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      String place = "patterns[" + i + "]";
      String name = given.get(i).name();
      String expression = given.get(i).expression();
      if (name == null || !name.matches("[a-z0-9_]{1,40}")) {
        throw invalid(
            place + ".name", "must have 1 to 40 lower-case letters, digits or underscores");
      }
      if (expression == null || expression.isEmpty() || expression.length() > MAX_EXPRESSION) {
        throw invalid(place + ".expression", "must have 1 to " + MAX_EXPRESSION + " characters");
      }
      patterns.add(new Redactor.Own(name, pattern(place, expression)));
    }
    return List.copyOf(patterns);
  }

  private Pattern pattern(String place, String expression) {
    Pattern pattern;
    try {
      pattern = Pattern.compile(expression);
    } catch (PatternSyntaxException ex) {
      throw invalid(place + ".expression", "is not a regular expression: " + ex.getMessage());
    }
    if (pattern.matches("")) {
      throw invalid(place + ".expression", "matches the empty text, and so everything");
    }
    return pattern;
  }
}
