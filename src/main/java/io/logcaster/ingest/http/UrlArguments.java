package io.logcaster.ingest.http;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The arguments in a request's URL. {@link HttpServletRequest#getParameter} would take a body for a
 * form where a client says so, and some say so of JSON.
 */
final class UrlArguments {

  private UrlArguments() {}

  /** An argument's value; null where the URL does not have it. */
  static @Nullable String get(HttpServletRequest request, String name) {
    String query = request.getQueryString();
    if (query == null) {
      return null;
    }
    for (String part : query.split("&", -1)) {
      int equals = part.indexOf('=');
      String key = (equals < 0) ? part : part.substring(0, equals);
      if (key.equals(name)) {
        String value = (equals < 0) ? "" : part.substring(equals + 1);
        try {
          return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException ex) {
          return value;
        }
      }
    }
    return null;
  }

  /** Whether an argument or, where the URL does not have it, a header says yes. */
  static boolean isTrue(HttpServletRequest request, String argument, String header) {
    String value = get(request, argument);
    String given = (value == null) ? request.getHeader(header) : value;
    return given != null && (given.equals("1") || given.equalsIgnoreCase("true"));
  }

  /**
   * A list of names separated by commas, from an argument or, where the URL does not have it, from
   * a header.
   */
  static List<String> names(HttpServletRequest request, String argument, @Nullable String header) {
    String value = get(request, argument);
    if (value == null && header != null) {
      value = request.getHeader(header);
    }
    if (value == null) {
      return List.of();
    }
    return Arrays.stream(value.split(",", -1))
        .map(String::strip)
        .filter((name) -> !name.isEmpty())
        .toList();
  }
}
