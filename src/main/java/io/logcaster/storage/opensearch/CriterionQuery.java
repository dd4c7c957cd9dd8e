package io.logcaster.storage.opensearch;

import io.logcaster.record.Field;
import io.logcaster.record.Stream;
import io.logcaster.record.Timestamps;
import io.logcaster.record.Tokens;
import io.logcaster.storage.Criterion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A condition in the query DSL, from above and from below: {@code atMost} finds every document that
 * meets it, perhaps others; {@code atLeast} finds only documents that meet it, perhaps not all. The
 * two differ where a value is too long for the index, or where only the characters around a word
 * decide and these are not ASCII. A count is exact if no document lies between the two. {@code
 * unsure} finds those that may: it looks for what is rare, and is therefore quick.
 *
 * @param atMost finds too much rather than too little
 * @param atLeast finds too little rather than too much
 * @param unsure finds at least the documents that {@code atMost} finds and {@code atLeast} does not
 * @param isComplete whether the two differ only for rare values; otherwise a part of the condition
 *     cannot be said in the DSL, and each record must be read
 */
record CriterionQuery(String atMost, String atLeast, String unsure, boolean isComplete) {

  private static final CriterionQuery UNKNOWN =
      new CriterionQuery(Dsl.ALL, Dsl.NONE, Dsl.ALL, false);

  /** A server refuses longer expressions, unless it is told otherwise. */
  private static final int MAX_EXPRESSION = 900;

  /** A server refuses more terms, unless it is told otherwise. */
  private static final int MAX_TERMS = 10_000;

  /** An ASCII character that is in no word. */
  private static final String SURE_BORDER = "[^A-Za-z0-9_\u0080-\udbff\udfff]";

  /** Also every character that is not ASCII. */
  private static final String PERHAPS_BORDER = "[^A-Za-z0-9_]";

  private static final String NOT_ASCII = "[\u0080-\udbff\udfff]";

  static CriterionQuery of(Criterion condition) {
    return switch (condition) {
      case Criterion.Unknown _ -> UNKNOWN;
      case Criterion.And and -> and(and.parts().stream().map(CriterionQuery::of).toList());
      case Criterion.Or or -> or(or.parts().stream().map(CriterionQuery::of).toList());
      case Criterion.Not not -> of(not.part()).negated();
      case Criterion.Times times -> exact(times(times.min(), times.max()));
      case Criterion.StreamValue value -> stream(value);
      case Criterion.Value value ->
          value.field().equals(Field.MESSAGE)
              ? message(value.check())
              : field(value.field(), value.check());
    };
  }

  private static CriterionQuery exact(String query) {
    return new CriterionQuery(query, query, Dsl.NONE, true);
  }

  private static CriterionQuery atMost(String query) {
    return new CriterionQuery(query, Dsl.NONE, query, false);
  }

  private static CriterionQuery and(List<CriterionQuery> parts) {
    return new CriterionQuery(
        Dsl.and(parts.stream().map(CriterionQuery::atMost).toList()),
        Dsl.and(parts.stream().map(CriterionQuery::atLeast).toList()),
        Dsl.or(parts.stream().map(CriterionQuery::unsure).toList()),
        parts.stream().allMatch(CriterionQuery::isComplete));
  }

  private static CriterionQuery or(List<CriterionQuery> parts) {
    return new CriterionQuery(
        Dsl.or(parts.stream().map(CriterionQuery::atMost).toList()),
        Dsl.or(parts.stream().map(CriterionQuery::atLeast).toList()),
        Dsl.or(parts.stream().map(CriterionQuery::unsure).toList()),
        parts.stream().allMatch(CriterionQuery::isComplete));
  }

  private CriterionQuery negated() {
    return new CriterionQuery(Dsl.not(atLeast), Dsl.not(atMost), unsure, isComplete);
  }

  /** Documents between two times, both included. */
  static String times(long min, long max) {
    if (min > max) {
      return Dsl.NONE;
    }
    List<String> bounds = new ArrayList<>();
    // A document's time is not before the epoch.
    if (min > 0) {
      bounds.add("\"gte\":\"" + Timestamps.format(min) + "\"");
    }
    if (max < 0) {
      return Dsl.NONE;
    }
    if (max < Long.MAX_VALUE) {
      bounds.add("\"lte\":\"" + Timestamps.format(max) + "\"");
    }
    return bounds.isEmpty()
        ? Dsl.ALL
        : "{\"range\":{\"" + RecordIndex.TIME + "\":{" + String.join(",", bounds) + "}}}";
  }

  private static CriterionQuery stream(Criterion.StreamValue value) {
    // Behind a quote that ends another value, only such a character follows.
    boolean isClear = !value.value().isEmpty() && !",}".contains(value.value().substring(0, 1));
    String pair = Stream.canonical(List.of(new Field(value.name(), value.value())));
    String expression = ".*[\\{,]" + quoted(pair.substring(1, pair.length() - 1)) + ".*";
    if (!isClear || expression.length() > MAX_EXPRESSION) {
      return UNKNOWN;
    }
    String query = regexp(RecordIndex.STREAM, expression, false);
    return orLong(Field.STREAM, query);
  }

  private static String tooLong(String field) {
    return Dsl.term(RecordIndex.LONG, field);
  }

  private static CriterionQuery message(Criterion.Check test) {
    return switch (test) {
      case Criterion.Present _ -> exact(present(Field.MESSAGE));
      case Criterion.OneOf any ->
          any.values().contains("")
              ? UNKNOWN
              : atMost(
                  Dsl.or(any.values().stream().map((value) -> words(value, true, true)).toList()));
      case Criterion.StartsWith start -> atMost(words(start.text(), true, false));
      case Criterion.Contains text -> atMost(words(text.text(), false, false));
      case Criterion.Phrase phrase -> message(phrase);
    };
  }

  private static CriterionQuery message(Criterion.Phrase phrase) {
    String text = phrase.text();
    List<String> words = split(text, true, true);
    if (phrase.anyCase()) {
      return text.chars().allMatch((c) -> c < 128)
          ? atMost(
              Dsl.and(
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
              ? Dsl.prefix(RecordIndex.MESSAGE, text)
              : Dsl.term(RecordIndex.MESSAGE, text));
    }
    if (!phrase.prefix() && words.size() > 1) {
      String inner = betweenWords(text);
      String query = "{\"match_phrase\":{\"" + RecordIndex.MESSAGE + "\":" + Dsl.text(inner) + "}}";
      return (inner.equals(text) && text.length() < RecordIndex.MAX_WORD)
          ? exact(query)
          : atMost(query);
    }
    return atMost(words(text, true, !phrase.prefix()));
  }

  /** A text from its first word to its last. */
  private static String betweenWords(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int[] range = {bytes.length, 0};
    Tokens.visit(
        bytes,
        0,
        bytes.length,
        (source, from, to) -> {
          range[0] = Math.min(range[0], from);
          range[1] = Math.max(range[1], to);
        });
    return new String(bytes, range[0], range[1] - range[0], StandardCharsets.UTF_8);
  }

  private static String anyCase(String word, boolean prefix) {
    return "{\"%s\":{\"%s\":{\"value\":%s,\"case_insensitive\":true}}}"
        .formatted(prefix ? "prefix" : "term", RecordIndex.MESSAGE, Dsl.text(cut(word)));
  }

  /** Documents with all words of a text; those at its ends only if they end there in the value. */
  private static String words(String text, boolean wholeStart, boolean wholeEnd) {
    return Dsl.and(
        split(text, wholeStart, wholeEnd).stream()
            .map((word) -> Dsl.term(RecordIndex.MESSAGE, cut(word)))
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

  private static CriterionQuery field(String field, Criterion.Check test) {
    if (!RecordIndex.isIndexed(field)) {
      return (test instanceof Criterion.Present)
          ? exact(present(field))
          : (test instanceof Criterion.OneOf any && any.values().contains(""))
              ? UNKNOWN
              : atMost(tooLong(field));
    }
    String keyword = RecordIndex.KEYWORDS.get(field);
    String index = (keyword != null) ? keyword : RecordIndex.PAIRS;
    String start = (keyword != null) ? "" : field + "=";
    String present = present(field);
    return switch (test) {
      case Criterion.Present _ -> exact(present);
      case Criterion.OneOf any -> oneOf(any.values(), index, start, present, field);
      case Criterion.StartsWith text ->
          bytes(text.text()) < RecordIndex.MAX_VALUE
              ? orLong(field, Dsl.prefix(index, start + text.text()))
              : atMost(tooLong(field));
      case Criterion.Contains text -> {
        String expression = quoted(start) + ".*" + quoted(text.text()) + ".*";
        yield (expression.length() > MAX_EXPRESSION)
            ? atMost(present)
            : orLong(field, regexp(index, expression, false));
      }
      case Criterion.Phrase phrase -> phrase(phrase, index, start, present, field);
    };
  }

  /** Documents whose records have a field that is not always there. */
  static String present(String field) {
    if (field.equals(Field.MESSAGE)) {
      return Dsl.exists(RecordIndex.MESSAGE);
    }
    String keyword = RecordIndex.KEYWORDS.get(field);
    return (keyword == null)
        ? Dsl.term(RecordIndex.NAMES, field)
        : Dsl.or(List.of(Dsl.exists(keyword), tooLong(field)));
  }

  private static CriterionQuery orLong(String field, String query) {
    return new CriterionQuery(Dsl.or(List.of(query, tooLong(field))), query, tooLong(field), true);
  }

  private static CriterionQuery oneOf(
      List<String> values, String index, String start, String present, String field) {
    if (values.size() > MAX_TERMS) {
      return atMost(values.contains("") ? Dsl.ALL : present);
    }
    List<String> terms =
        values.stream()
            .filter((value) -> !value.isEmpty() && bytes(value) < RecordIndex.MAX_VALUE)
            .map((value) -> start + value)
            .distinct()
            .toList();
    List<String> parts = new ArrayList<>();
    if (!terms.isEmpty()) {
      parts.add((terms.size() == 1) ? Dsl.term(index, terms.getFirst()) : Dsl.terms(index, terms));
    }
    if (values.contains("")) {
      parts.add(Dsl.not(present));
    }
    String query = Dsl.or(parts);
    boolean anyLong = values.stream().anyMatch((value) -> bytes(value) >= RecordIndex.MAX_VALUE);
    return anyLong ? orLong(field, query) : exact(query);
  }

  private static CriterionQuery phrase(
      Criterion.Phrase phrase, String index, String start, String present, String field) {
    String text = phrase.text();
    String anywhere = quoted(start) + ".*" + quoted(text) + ".*";
    if (anywhere.length() > MAX_EXPRESSION / 2) {
      return atMost(present);
    }
    if (phrase.anyCase()) {
      return text.chars().allMatch((c) -> c < 128)
          ? atMost(Dsl.or(List.of(regexp(index, anywhere, true), tooLong(field))))
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
    String other = regexp(index, quoted(start) + ".*" + NOT_ASCII + ".*", false);
    return new CriterionQuery(
        Dsl.or(List.of(queries[0], tooLong(field))),
        queries[1],
        Dsl.or(List.of(other, tooLong(field))),
        true);
  }

  private static int bytes(String value) {
    return value.getBytes(StandardCharsets.UTF_8).length;
  }

  private static String regexp(String field, String expression, boolean anyCase) {
    return "{\"regexp\":{\"%s\":{\"value\":%s%s}}}"
        .formatted(field, Dsl.text(expression), anyCase ? ",\"case_insensitive\":true" : "");
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
