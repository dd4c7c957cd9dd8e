package io.logcaster.storage.opensearch;

import io.logcaster.record.Field;
import io.logcaster.record.Stream;
import io.logcaster.record.Timestamps;
import io.logcaster.record.Tokens;
import io.logcaster.storage.Condition;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A condition in the query DSL, from above and from below: {@code atMost} finds every document that
 * meets it, perhaps others; {@code atLeast} finds only documents that meet it, perhaps not all. The
 * two differ where a value is too long for the index, or where only the characters around a word
 * decide and these are not ASCII. A count is exact if no document lies between the two.
 *
 * @param atMost finds too much rather than too little
 * @param atLeast finds too little rather than too much
 * @param isComplete whether the two differ only for rare values; otherwise a part of the condition
 *     cannot be said in the DSL, and each record must be read
 */
record ConditionQuery(String atMost, String atLeast, boolean isComplete) {

  private static final ConditionQuery UNKNOWN = new ConditionQuery(Json.ALL, Json.NONE, false);

  /** A server refuses longer expressions, unless it is told otherwise. */
  private static final int MAX_EXPRESSION = 900;

  /** A server refuses more terms, unless it is told otherwise. */
  private static final int MAX_TERMS = 10_000;

  /** An ASCII character that is in no word. */
  private static final String SURE_BORDER = "[^A-Za-z0-9_\u0080-\udbff\udfff]";

  /** Also every character that is not ASCII. */
  private static final String PERHAPS_BORDER = "[^A-Za-z0-9_]";

  static ConditionQuery of(Condition condition) {
    return switch (condition) {
      case Condition.Unknown _ -> UNKNOWN;
      case Condition.And and -> and(and.parts().stream().map(ConditionQuery::of).toList());
      case Condition.Or or -> or(or.parts().stream().map(ConditionQuery::of).toList());
      case Condition.Not not -> of(not.part()).negated();
      case Condition.Times times -> exact(times(times.min(), times.max()));
      case Condition.StreamValue value -> stream(value);
      case Condition.Value value ->
          value.field().equals(Field.MESSAGE)
              ? message(value.check())
              : field(value.field(), value.check());
    };
  }

  private static ConditionQuery exact(String query) {
    return new ConditionQuery(query, query, true);
  }

  private static ConditionQuery atMost(String query) {
    return new ConditionQuery(query, Json.NONE, false);
  }

  private static ConditionQuery and(List<ConditionQuery> parts) {
    return new ConditionQuery(
        Json.and(parts.stream().map(ConditionQuery::atMost).toList()),
        Json.and(parts.stream().map(ConditionQuery::atLeast).toList()),
        parts.stream().allMatch(ConditionQuery::isComplete));
  }

  private static ConditionQuery or(List<ConditionQuery> parts) {
    return new ConditionQuery(
        Json.or(parts.stream().map(ConditionQuery::atMost).toList()),
        Json.or(parts.stream().map(ConditionQuery::atLeast).toList()),
        parts.stream().allMatch(ConditionQuery::isComplete));
  }

  private ConditionQuery negated() {
    return new ConditionQuery(Json.not(atLeast), Json.not(atMost), isComplete);
  }

  /** Documents between two times, both included. */
  static String times(long min, long max) {
    if (min > max) {
      return Json.NONE;
    }
    List<String> bounds = new ArrayList<>();
    // A document's time is not before the epoch.
    if (min > 0) {
      bounds.add("\"gte\":\"" + Timestamps.format(min) + "\"");
    }
    if (max < 0) {
      return Json.NONE;
    }
    if (max < Long.MAX_VALUE) {
      bounds.add("\"lte\":\"" + Timestamps.format(max) + "\"");
    }
    return bounds.isEmpty()
        ? Json.ALL
        : "{\"range\":{\"" + RecordIndex.TIME + "\":{" + String.join(",", bounds) + "}}}";
  }

  private static ConditionQuery stream(Condition.StreamValue value) {
    // Behind a quote that ends another value, only such a character follows.
    boolean isClear = !value.value().isEmpty() && !",}".contains(value.value().substring(0, 1));
    String pair = Stream.canonical(List.of(new Field(value.name(), value.value())));
    String expression = ".*[\\{,]" + quoted(pair.substring(1, pair.length() - 1)) + ".*";
    if (!isClear || expression.length() > MAX_EXPRESSION) {
      return UNKNOWN;
    }
    String query = regexp(RecordIndex.STREAM, expression, false);
    return new ConditionQuery(Json.or(List.of(query, tooLong(Field.STREAM))), query, true);
  }

  private static String tooLong(String field) {
    return Json.term(RecordIndex.LONG, field);
  }

  private static ConditionQuery message(Condition.Check test) {
    return switch (test) {
      case Condition.Present _ -> exact(Json.exists(RecordIndex.MESSAGE));
      case Condition.OneOf any ->
          any.values().contains("")
              ? UNKNOWN
              : atMost(
                  Json.or(any.values().stream().map((value) -> words(value, true, true)).toList()));
      case Condition.StartsWith start -> atMost(words(start.text(), true, false));
      case Condition.Contains text -> atMost(words(text.text(), false, false));
      case Condition.Phrase phrase -> message(phrase);
    };
  }

  private static ConditionQuery message(Condition.Phrase phrase) {
    String text = phrase.text();
    List<String> words = split(text, true, true);
    if (phrase.anyCase()) {
      return text.chars().allMatch((c) -> c < 128)
          ? atMost(
              Json.and(
                  IntStream.range(0, words.size())
                      .mapToObj(
                          (i) -> anyCase(words.get(i), phrase.prefix() && i == words.size() - 1))
                      .toList()))
          : UNKNOWN;
    }
    boolean isWord = words.size() == 1 && words.getFirst().length() == text.length();
    if (isWord && text.length() < RecordIndex.MAX_WORD) {
      return exact(
          phrase.prefix()
              ? Json.prefix(RecordIndex.MESSAGE, text)
              : Json.term(RecordIndex.MESSAGE, text));
    }
    if (!phrase.prefix() && words.size() > 1) {
      return atMost("{\"match_phrase\":{\"" + RecordIndex.MESSAGE + "\":" + Json.text(text) + "}}");
    }
    return atMost(words(text, true, !phrase.prefix()));
  }

  private static String anyCase(String word, boolean prefix) {
    return "{\"%s\":{\"%s\":{\"value\":%s,\"case_insensitive\":true}}}"
        .formatted(prefix ? "prefix" : "term", RecordIndex.MESSAGE, Json.text(cut(word)));
  }

  /** Documents with all words of a text; those at its ends only if they end there in the value. */
  private static String words(String text, boolean wholeStart, boolean wholeEnd) {
    return Json.and(
        split(text, wholeStart, wholeEnd).stream()
            .map((word) -> Json.term(RecordIndex.MESSAGE, cut(word)))
            .toList());
  }

  private static String cut(String word) {
    int length = Math.min(word.length(), RecordIndex.MAX_WORD);
    return word.substring(0, length);
  }

  private static List<String> split(String text, boolean wholeStart, boolean wholeEnd) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    List<String> words = new ArrayList<>();
    Tokens.visit(
        bytes,
        0,
        bytes.length,
        (source, from, to) -> {
          if ((from > 0 || wholeStart) && (to < bytes.length || wholeEnd)) {
            words.add(new String(source, from, to - from, StandardCharsets.UTF_8));
          }
        });
    return words;
  }

  private static ConditionQuery field(String field, Condition.Check test) {
    if (!RecordIndex.isIndexed(field)) {
      return (test instanceof Condition.Present)
          ? exact(tooLong(field))
          : (test instanceof Condition.OneOf any && any.values().contains(""))
              ? UNKNOWN
              : atMost(tooLong(field));
    }
    String keyword = RecordIndex.KEYWORDS.get(field);
    String index = (keyword != null) ? keyword : RecordIndex.PAIRS;
    String start = (keyword != null) ? "" : field + "=";
    String present =
        Json.or(
            List.of(
                (keyword != null) ? Json.exists(index) : Json.prefix(index, start),
                tooLong(field)));
    return switch (test) {
      case Condition.Present _ -> exact(present);
      case Condition.OneOf any -> oneOf(any.values(), index, start, present, field);
      case Condition.StartsWith text ->
          bytes(text.text()) < RecordIndex.MAX_VALUE
              ? orLong(field, Json.prefix(index, start + text.text()))
              : atMost(tooLong(field));
      case Condition.Contains text -> {
        String expression = quoted(start) + ".*" + quoted(text.text()) + ".*";
        yield (expression.length() > MAX_EXPRESSION)
            ? atMost(present)
            : orLong(field, regexp(index, expression, false));
      }
      case Condition.Phrase phrase -> phrase(phrase, index, start, present, field);
    };
  }

  private static ConditionQuery orLong(String field, String query) {
    return new ConditionQuery(Json.or(List.of(query, tooLong(field))), query, true);
  }

  private static ConditionQuery oneOf(
      List<String> values, String index, String start, String present, String field) {
    if (values.size() > MAX_TERMS) {
      return atMost(values.contains("") ? Json.ALL : present);
    }
    List<String> terms =
        values.stream()
            .filter((value) -> !value.isEmpty() && bytes(value) < RecordIndex.MAX_VALUE)
            .map((value) -> start + value)
            .distinct()
            .toList();
    List<String> parts = new ArrayList<>();
    if (!terms.isEmpty()) {
      parts.add(
          (terms.size() == 1) ? Json.term(index, terms.getFirst()) : Json.terms(index, terms));
    }
    if (values.contains("")) {
      parts.add(Json.not(present));
    }
    String query = Json.or(parts);
    boolean anyLong = values.stream().anyMatch((value) -> bytes(value) >= RecordIndex.MAX_VALUE);
    return anyLong ? orLong(field, query) : exact(query);
  }

  private static ConditionQuery phrase(
      Condition.Phrase phrase, String index, String start, String present, String field) {
    String text = phrase.text();
    String anywhere = quoted(start) + ".*" + quoted(text) + ".*";
    if (anywhere.length() > MAX_EXPRESSION / 2) {
      return atMost(present);
    }
    if (phrase.anyCase()) {
      return text.chars().allMatch((c) -> c < 128)
          ? atMost(Json.or(List.of(regexp(index, anywhere, true), tooLong(field))))
          : atMost(present);
    }
    boolean startsWord = Tokens.isWord(text.codePointAt(0));
    boolean endsWord = !phrase.prefix() && Tokens.isWord(text.codePointBefore(text.length()));
    String[] queries = new String[2];
    for (int i = 0; i < 2; i++) {
      String border = (i == 0) ? PERHAPS_BORDER : SURE_BORDER;
      queries[i] =
          regexp(
              index,
              quoted(start)
                  + (startsWord ? "(.*" + border + ")?" : ".*")
                  + quoted(text)
                  + (endsWord ? "(" + border + ".*)?" : ".*"),
              false);
    }
    return new ConditionQuery(Json.or(List.of(queries[0], tooLong(field))), queries[1], true);
  }

  private static int bytes(String value) {
    return value.getBytes(StandardCharsets.UTF_8).length;
  }

  private static String regexp(String field, String expression, boolean anyCase) {
    return "{\"regexp\":{\"%s\":{\"value\":%s%s}}}"
        .formatted(field, Json.text(expression), anyCase ? ",\"case_insensitive\":true" : "");
  }

  /** A text as a regular expression of Lucene that matches just that. */
  static String quoted(String text) {
    StringBuilder out = new StringBuilder(text.length() + 8);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 128 && !Character.isLetterOrDigit(c)) {
        out.append('\\');
      }
      out.append(c);
    }
    return out.toString();
  }
}
