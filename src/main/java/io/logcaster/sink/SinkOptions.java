package io.logcaster.sink;

import io.logcaster.notice.secret.SecretOptions;
import io.logcaster.query.value.Durations;
import io.logcaster.system.ProblemException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * The checked options of a sink, with the defaults of its type. Numbers and flags may be given as
 * texts, since settings are.
 */
public final class SinkOptions {

  /** Longer values are no options; a body template is the longest. */
  private static final int MAX_LENGTH = 20_000;

  private static final int MAX_ELEMENTS = 50;

  private final Map<String, SinkOption> known;
  private final SortedMap<String, Object> values;

  private SinkOptions(Map<String, SinkOption> known, SortedMap<String, Object> values) {
    this.known = known;
    this.values = values;
  }

  /**
   * Checks options.
   *
   * @param options those of the type
   * @throws ProblemException 400 {@code invalid_property} that names the first wrong one
   */
  public static SinkOptions of(List<SinkOption> options, Map<String, ?> given) {
    Map<String, SinkOption> known = new LinkedHashMap<>();
    options.forEach((option) -> known.put(option.name(), option));
    SortedMap<String, Object> values = new TreeMap<>();
    given.forEach(
        (name, value) -> {
          SinkOption option = known.get(name);
          if (option == null) {
            throw problem(name, "is unknown; known ones are: " + String.join(", ", known.keySet()));
          }
          if (value != null && !value.equals("")) {
            values.put(name, checked(option, value));
          }
        });
    for (SinkOption option : options) {
      if (option.required() && !values.containsKey(option.name())) {
        throw problem(option.name(), "is required: " + option.help());
      }
    }
    return new SinkOptions(known, values);
  }

  /**
   * A problem with an option.
   *
   * @param reason completes a sentence that starts with the option's name
   */
  public static ProblemException problem(String name, String reason) {
    return ProblemException.invalidProperty("options." + name, reason);
  }

  private static Object checked(SinkOption option, Object value) {
    String name = option.name();
    return switch (option.type()) {
      case TEXT, LONG_TEXT -> choice(option, text(name, value));
      case URL -> url(name, text(name, value));
      case NUMBER -> number(name, value);
      case FLAG -> flag(name, value);
      case SIZE -> {
        String text = text(name, value);
        size(name, text);
        yield text;
      }
      case DURATION -> {
        String text = text(name, value);
        duration(name, text);
        yield text;
      }
      case LIST -> list(name, value);
      case MAP -> map(name, value);
    };
  }

  private static String choice(SinkOption option, String text) {
    if (option.choices().isEmpty()) {
      return text;
    }
    String word = text.strip().toLowerCase(Locale.ROOT);
    if (!option.choices().contains(word)) {
      throw problem(option.name(), "must be one of " + String.join(" ", option.choices()));
    }
    return word;
  }

  private static Integer number(String name, Object value) {
    try {
      double number =
          (value instanceof Number given)
              ? given.doubleValue()
              : Double.parseDouble(text(name, value));
      if (number >= 0 && number <= Integer.MAX_VALUE && number == Math.rint(number)) {
        return (int) number;
      }
    } catch (NumberFormatException ex) {
      throw problem(name, "must be a whole number, 0 or more");
    }
    throw problem(name, "must be a whole number, 0 or more");
  }

  private static Boolean flag(String name, Object value) {
    if (value.equals(true) || value.equals("true")) {
      return true;
    }
    if (value.equals(false) || value.equals("false")) {
      return false;
    }
    throw problem(name, "must be true or false");
  }

  private static List<String> list(String name, Object value) {
    List<?> list;
    if (value instanceof List<?> many) {
      list = many;
    } else if (value instanceof Map<?, ?> numbered) {
      list = new ArrayList<>(numbered.values()); // settings: name[0], name[1]
    } else {
      list = List.of(text(name, value).split("\\s*,\\s*"));
    }
    if (list.size() > MAX_ELEMENTS) {
      throw problem(name, "must not have more than " + MAX_ELEMENTS + " elements");
    }
    return list.stream().map((one) -> text(name, one)).toList();
  }

  private static SortedMap<String, String> map(String name, Object value) {
    if (!(value instanceof Map<?, ?> map) || map.size() > MAX_ELEMENTS) {
      throw problem(name, "must be an object of at most " + MAX_ELEMENTS + " texts");
    }
    SortedMap<String, String> texts = new TreeMap<>();
    map.forEach((key, one) -> texts.put(String.valueOf(key), text(name, one)));
    return texts;
  }

  private static String text(String name, @Nullable Object value) {
    String text;
    if (value instanceof String given) {
      text = given;
    } else if (value instanceof Number || value instanceof Boolean) {
      text = value.toString();
    } else {
      throw problem(name, "must be a text");
    }
    if (text.length() > MAX_LENGTH) {
      throw problem(name, "must not be longer than %,d characters".formatted(MAX_LENGTH));
    }
    return text;
  }

  private static String url(String name, String text) {
    try {
      URI url = new URI(text.strip());
      String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
      if (!scheme.equals("http") && !scheme.equals("https")) {
        throw problem(name, "must start with https:// or http://");
      }
      if (url.getHost() == null) {
        throw problem(name, "has no host, or one with characters that are not allowed");
      }
      if (url.getRawUserInfo() != null) {
        throw problem(name, "must not contain a user name or password; use a header instead");
      }
      return url.toString();
    } catch (URISyntaxException ex) {
      throw problem(name, "is not a URL: " + ex.getReason());
    }
  }

  private static long size(String name, String text) {
    try {
      long bytes = DataSize.parse(text.strip()).toBytes();
      if (bytes >= 0) {
        return bytes;
      }
    } catch (IllegalArgumentException ex) {
      throw problem(name, "must be a size such as 100MB");
    }
    throw problem(name, "must not be negative");
  }

  private static Duration duration(String name, String text) {
    byte[] bytes = text.strip().getBytes(StandardCharsets.UTF_8);
    long nanos = Durations.parse(bytes, 0, bytes.length);
    if (nanos == Durations.INVALID || nanos < 0) {
      throw problem(name, "must be a duration such as 30s, 1h or 1d");
    }
    return Duration.ofNanos(nanos);
  }

  /** The given values as they are stored: texts, numbers, flags, lists and maps of texts. */
  public SortedMap<String, Object> values() {
    return values;
  }

  /** Whether a value was given. */
  public boolean has(String name) {
    return values.containsKey(name);
  }

  private @Nullable Object value(String name) {
    Object value = values.get(name);
    SinkOption option = known.get(name);
    if (value != null || option == null || option.fallback() == null) {
      return value;
    }
    return checked(option, option.fallback());
  }

  /** Empty if it was not given and has no default. */
  public String text(String name) {
    Object value = value(name);
    return value == null ? "" : value.toString();
  }

  /** 0 if it was not given and has no default. */
  public int number(String name) {
    return value(name) instanceof Integer number ? number : 0;
  }

  /** False if it was not given and has no default. */
  public boolean flag(String name) {
    return Boolean.TRUE.equals(value(name));
  }

  /** Bytes; 0 if it was not given and has no default. */
  public long size(String name) {
    String text = text(name);
    return text.isEmpty() ? 0 : size(name, text);
  }

  /** Zero if it was not given and has no default. */
  public Duration duration(String name) {
    String text = text(name);
    return text.isEmpty() ? Duration.ZERO : duration(name, text);
  }

  /** Empty if it was not given and has no default. */
  public List<String> list(String name) {
    return value(name) instanceof List<?> list
        ? list.stream().map(String::valueOf).toList()
        : List.of();
  }

  /** Empty if it was not given and has no default. */
  public SortedMap<String, String> map(String name) {
    SortedMap<String, String> texts = new TreeMap<>();
    if (value(name) instanceof Map<?, ?> map) {
      map.forEach((key, one) -> texts.put(String.valueOf(key), String.valueOf(one)));
    }
    return texts;
  }

  /** A text without the secrets among these options, for messages. */
  public String redacted(String text) {
    return SecretOptions.redacted(known.values(), values, text);
  }
}
