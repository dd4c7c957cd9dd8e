package io.logcaster.query;

import io.logcaster.query.lang.Language;
import io.swagger.v3.oas.annotations.media.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the query language consists of. The words come from {@code language.json} beside this class;
 * the parser decides which names there are.
 *
 * @param pipes the pipes
 * @param functions the functions of {@code stats}
 * @param filters the filters that are written like functions
 */
record LanguageReference(List<Entry> pipes, List<Entry> functions, List<Entry> filters) {

  private static final String RESOURCE = "language.json";

  /**
   * A part of the language.
   *
   * @param aliases other names for the same
   * @param syntax how it is written; square brackets enclose what may be left out
   * @param summary what it does, as the end of a sentence that begins with its name
   * @param example a pipe, a function with its result, or a filter
   */
  @Schema(name = "LanguageEntry")
  record Entry(String name, List<String> aliases, String syntax, String summary, String example) {

    private boolean isKnown(Set<String> names) {
      return names.contains(name) && names.containsAll(aliases);
    }

    Stream<String> names() {
      return Stream.concat(Stream.of(name), aliases.stream());
    }
  }

  /** Reads the reference, without names that the parser does not know. */
  static LanguageReference read(JsonMapper json) {
    LanguageReference all = readAll(json);
    return new LanguageReference(
        known(all.pipes, Language.pipes()),
        known(all.functions, Language.statsFunctions()),
        known(all.filters, Language.filters()));
  }

  /** Reads the reference as it is written. */
  static LanguageReference readAll(JsonMapper json) {
    try (InputStream in = LanguageReference.class.getResourceAsStream(RESOURCE)) {
      return json.readValue(in, LanguageReference.class);
    } catch (IOException ex) {
      throw new UncheckedIOException(ex);
    }
  }

  private static List<Entry> known(Collection<Entry> entries, Set<String> names) {
    return entries.stream().filter(entry -> entry.isKnown(names)).toList();
  }
}
