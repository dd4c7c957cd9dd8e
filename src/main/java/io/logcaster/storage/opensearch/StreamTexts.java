package io.logcaster.storage.opensearch;

import io.logcaster.record.Field;
import io.logcaster.record.Stream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads streams from their canonical text, each once. Not thread-safe. */
final class StreamTexts {

  /** Holds the streams of most answers; a stream takes about a kilobyte. */
  private static final int MAX_KNOWN = 4096;

  private final Map<String, Stream> known =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Stream> eldest) {
          return size() > MAX_KNOWN;
        }
      };

  Stream get(String text) {
    return known.computeIfAbsent(text, StreamTexts::parse);
  }

  private static Stream parse(String text) {
    List<Field> fields = new ArrayList<>();
    int at = 1;
    while (at < text.length() - 1) {
      int value = text.indexOf("=\"", at);
      if (value < 0) {
        break;
      }
      String name = text.substring(at, value);
      StringBuilder out = new StringBuilder();
      at = value + 2;
      while (at < text.length() && text.charAt(at) != '"') {
        char c = text.charAt(at++);
        if (c == '\\' && at < text.length()) {
          char escape = text.charAt(at++);
          c =
              switch (escape) {
                case 'n' -> '\n';
                case 'r' -> '\r';
                case 't' -> '\t';
                case 'u' -> (char) Integer.parseInt(text, at, at + 4, 16);
                default -> escape;
              };
          at += (escape == 'u') ? 4 : 0;
        }
        out.append(c);
      }
      fields.add(new Field(name, out.toString()));
      at += 2; // the quote and the comma
    }
    return Stream.of(fields);
  }
}
