package io.logcaster.storage.opensearch;

import io.logcaster.record.ByteBuilder;
import io.logcaster.record.JsonString;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Writes the pieces of the query DSL. */
final class Dsl {

  /** Finds every document. */
  static final String ALL = "{\"match_all\":{}}";

  /** Finds no document. */
  static final String NONE = "{\"match_none\":{}}";

  private Dsl() {}

  static String text(String value) {
    ByteBuilder out = new ByteBuilder(value.length() + 16);
    JsonString.append(value, out);
    return out.toString();
  }

  static String term(String field, String value) {
    return "{\"term\":{\"" + field + "\":" + text(value) + "}}";
  }

  static String terms(String field, Collection<String> values) {
    return "{\"terms\":{\"" + field + "\":" + texts(values) + "}}";
  }

  /** A list of texts. */
  static String texts(Collection<String> values) {
    return values.stream().map(Dsl::text).collect(Collectors.joining(",", "[", "]"));
  }

  static String prefix(String field, String value) {
    return "{\"prefix\":{\"" + field + "\":" + text(value) + "}}";
  }

  static String exists(String field) {
    return "{\"exists\":{\"field\":\"" + field + "\"}}";
  }

  static String and(List<String> parts) {
    if (parts.contains(NONE)) {
      return NONE;
    }
    List<String> needed = parts.stream().filter((part) -> !part.equals(ALL)).distinct().toList();
    return switch (needed.size()) {
      case 0 -> ALL;
      case 1 -> needed.getFirst();
      default -> "{\"bool\":{\"filter\":[" + String.join(",", needed) + "]}}";
    };
  }

  static String or(List<String> parts) {
    if (parts.contains(ALL)) {
      return ALL;
    }
    List<String> needed = parts.stream().filter((part) -> !part.equals(NONE)).distinct().toList();
    return switch (needed.size()) {
      case 0 -> NONE;
      case 1 -> needed.getFirst();
      default ->
          "{\"bool\":{\"should\":[" + String.join(",", needed) + "],\"minimum_should_match\":1}}";
    };
  }

  static String not(String part) {
    return part.equals(ALL)
        ? NONE
        : part.equals(NONE) ? ALL : "{\"bool\":{\"must_not\":[" + part + "]}}";
  }
}
