package io.logcaster.query.exec.filter;

import io.logcaster.query.exec.frame.ValueIds;
import io.logcaster.query.exec.text.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** JSON arrays that have one of several texts as an element. */
final class JsonArrayMatcher extends ValueMatcher {

  private final ValueIds wanted = new ValueIds();

  JsonArrayMatcher(List<String> values) {
    for (String value : values) {
      byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
      wanted.id(bytes, 0, bytes.length);
    }
  }

  @Override
  public boolean test(byte[] bytes, int from, int to) {
    if (from == to || wanted.size() == 0) {
      return false;
    }
    boolean[] found = new boolean[1];
    boolean array =
        JsonReader.array(
            bytes,
            from,
            to,
            (name, value, kind) ->
                found[0] |=
                    kind != JsonReader.Kind.NESTED
                        && wanted.find(value.array(), 0, value.length()) >= 0);
    return array && found[0];
  }

  @Override
  int cost() {
    return RowMatcher.SEARCH * 2;
  }
}
