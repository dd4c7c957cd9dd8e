package io.logcaster.query;

import io.logcaster.query.ast.Keywords;
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
 * The reference of the query language. The descriptions are in {@code language.json} beside this
 * class; the parser determines which names exist.
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
   * @param syntax its syntax; square brackets enclose optional parts
   * @param summary what it does: continues a sentence that begins with its name
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

  /** Reads the reference and skips names that the parser does not know. */
  static LanguageReference read(JsonMapper json) {
    LanguageReference all = readAll(json);
    return new LanguageReference(
        known(all.pipes, Keywords.PIPES),
        known(all.functions, Keywords.STATS),
        known(all.filters, Keywords.FILTERS));
  }

  /** Reads the complete file. */
  static LanguageReference readAll(JsonMapper json) {
    try (InputStream in = LanguageReference.class.getResourceAsStream(RESOURCE)) {
      return json.readValue(in, LanguageReference.class);
    } catch (IOException ex) {
      throw new UncheckedIOException(ex);
    }
  }

  private static List<Entry> known(Collection<Entry> entries, Set<String> names) {
    return entries.stream().filter((entry) -> entry.isKnown(names)).toList();
  }
}
