package io.logcaster.query.exec.text;

import io.logcaster.query.ast.StreamFilter;
import io.logcaster.query.lang.Parser;
import io.logcaster.query.lang.QuerySyntaxException;
import io.logcaster.record.Field;
import io.logcaster.record.Stream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Parses the text of a stream, which is spelled like a stream filter; needed after pipes changed
 * it.
 */
public final class StreamText {

  private StreamText() {}

  /** The stream that a text spells; the empty one if the text is not valid. */
  public static Stream parse(byte[] bytes, int from, int to) {
    String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    try {
      if (Parser.parse(text).filter() instanceof StreamFilter filter
          && filter.alternatives().size() == 1) {
        List<Field> fields =
            filter.alternatives().getFirst().stream()
                .map((matcher) -> new Field(matcher.name(), matcher.value()))
                .toList();
        return Stream.of(fields);
      }
    } catch (QuerySyntaxException ex) {
      return Stream.EMPTY;
    }
    return Stream.EMPTY;
  }
}
