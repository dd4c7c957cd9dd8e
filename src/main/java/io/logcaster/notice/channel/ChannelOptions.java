package io.logcaster.notice.channel;

import io.logcaster.notice.secret.SecretOptions;
import io.logcaster.system.ProblemException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The checked options of a channel, with the defaults of its kind. */
public final class ChannelOptions {

  /** Longer values are no options; a body template is the longest. */
  private static final int MAX_LENGTH = 20_000;

  private static final int MAX_ELEMENTS = 50;

  private final Map<String, ChannelOption> known;
  private final SortedMap<String, Object> values;

  private ChannelOptions(Map<String, ChannelOption> known, SortedMap<String, Object> values) {
    this.known = known;
    this.values = values;
  }

  /**
   * Checks options.
   *
   * @param options those of the kind
   * @throws ProblemException 400 {@code invalid_property} that names the first wrong one
   */
  static ChannelOptions of(List<ChannelOption> options, Map<String, ?> given) {
    Map<String, ChannelOption> known = new TreeMap<>();
    options.forEach((option) -> known.put(option.name(), option));
    SortedMap<String, Object> values = new TreeMap<>();
    given.forEach(
        (name, value) -> {
          ChannelOption option = known.get(name);
          if (option == null) {
            throw problem(name, "is unknown; known ones are: " + String.join(", ", known.keySet()));
          }
          if (value != null && !value.equals("")) {
            values.put(name, checked(option, value));
          }
        });
    for (ChannelOption option : options) {
      if (option.required() && !values.containsKey(option.name())) {
        throw problem(option.name(), "is required: " + option.help());
      }
    }
    return new ChannelOptions(known, values);
  }

  private static ProblemException problem(String name, String reason) {
    return ProblemException.invalidProperty("options." + name, reason);
  }

  private static Object checked(ChannelOption option, Object value) {
    String name = option.name();
    return switch (option.type()) {
      case TEXT, LONG_TEXT -> text(name, value);
      case URL -> url(name, text(name, value));
      case NUMBER -> {
        if (!(value instanceof Number number)
            || number.intValue() != number.doubleValue()
            || number.intValue() < 0) {
          throw problem(name, "must be a whole number, 0 or more");
        }
        yield number.intValue();
      }
      case FLAG -> {
        if (!(value instanceof Boolean)) {
          throw problem(name, "must be true or false");
        }
        yield value;
      }
      case LIST -> {
        List<?> list = value instanceof List<?> many ? many : List.of(value);
        if (list.size() > MAX_ELEMENTS) {
          throw problem(name, "must not have more than " + MAX_ELEMENTS + " elements");
        }
        yield list.stream().map((one) -> text(name, one)).toList();
      }
      case MAP -> {
        if (!(value instanceof Map<?, ?> map) || map.size() > MAX_ELEMENTS) {
          throw problem(name, "must be an object of at most " + MAX_ELEMENTS + " texts");
        }
        SortedMap<String, String> texts = new TreeMap<>();
        map.forEach((key, one) -> texts.put(String.valueOf(key), text(name, one)));
        yield texts;
      }
    };
  }

  private static String text(String name, @Nullable Object value) {
    if (!(value instanceof String text)) {
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

  /** The values as they are stored: texts, numbers, flags, lists and maps of texts. */
  public SortedMap<String, Object> values() {
    return values;
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  private @Nullable Object value(String name) {
    Object value = values.get(name);
    ChannelOption option = known.get(name);
    return value != null || option == null ? value : option.fallback();
  }

  /** Empty if it was not given and has no default. */
  String text(String name) {
    Object value = value(name);
    return value == null ? "" : value.toString();
  }

  int number(String name) {
    return value(name) instanceof Integer number ? number : 0;
  }

  boolean flag(String name) {
    return Boolean.TRUE.equals(value(name));
  }

  List<String> list(String name) {
    return value(name) instanceof List<?> list
        ? list.stream().map(String::valueOf).toList()
        : List.of();
  }

  SortedMap<String, String> map(String name) {
    SortedMap<String, String> texts = new TreeMap<>();
    if (value(name) instanceof Map<?, ?> map) {
      map.forEach((key, one) -> texts.put(String.valueOf(key), String.valueOf(one)));
    }
    return texts;
  }

  /** A URL without the slashes at its end. */
  String base(String name) {
    String url = text(name);
    while (url.endsWith("/")) {
      url = url.substring(0, url.length() - 1);
    }
    return url;
  }

  /** A text that is one of some words. */
  String choice(String name, List<String> words) {
    String word = text(name).toLowerCase(Locale.ROOT);
    if (!words.contains(word)) {
      throw problem(name, "must be one of " + String.join(" ", words));
    }
    return word;
  }

  /** A text without the secrets among these options. */
  public String redacted(String text) {
    return SecretOptions.redacted(known.values(), values, text);
  }
}
