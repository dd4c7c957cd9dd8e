package io.logcaster.query.exec.text;

import io.logcaster.record.ByteBuilder;
import io.logcaster.record.BytesMapper;
import io.logcaster.record.TextShape;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one variable of a template out of its messages. A template of {@link TemplateGroups} has
 * placeholders where its members have a word. Not thread-safe.
 */
public final class TemplateVariable implements BytesMapper {

  private static final String PLACE = "<*>";

  /** The texts before, between and after the placeholders. */
  private final List<byte[]> parts = new ArrayList<>();

  private final byte[][] words;
  private final int place;
  private final ByteBuilder text = new ByteBuilder(256);
  private final Template.Places places = new Template.Places();

  /**
   * @param pattern the template
   * @param place the number of the placeholder, from 0
   * @throws IllegalArgumentException if the template has no such placeholder
   */
  public TemplateVariable(String pattern, int place) {
    int at = 0;
    for (int next = pattern.indexOf(PLACE); next >= 0; next = pattern.indexOf(PLACE, at)) {
      parts.add(bytes(pattern.substring(at, next)));
      at = next + PLACE.length();
    }
    parts.add(bytes(pattern.substring(at)));
    if (place < 0 || place >= parts.size() - 1) {
      throw new IllegalArgumentException(
          "the template has " + (parts.size() - 1) + " placeholders, and none has number " + place);
    }
    this.place = place;
    this.words =
        Arrays.stream(pattern.split(" ", -1)).map(TemplateVariable::bytes).toArray(byte[][]::new);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Appends the variable's value; nothing if the message is not one of the template. */
  @Override
  public void map(byte[] bytes, int from, int end, ByteBuilder target) {
    int to = Template.cut(bytes, from, end);
    long span = directly(bytes, from, to);
    if (span >= 0) {
      target.append(bytes, (int) (span >>> 32), (int) span);
    } else {
      byWords(bytes, from, to, target);
    }
  }

  /** Texts of a shape with another template are not looked at. */
  @Override
  public boolean map(TextShape shape, ByteBuilder target) {
    if (shape.maxLength() > Template.MAX_LENGTH) {
      return false;
    }
    text.truncate(0);
    return Template.map(shape, text) && words(text.array(), 0, text.length(), null) == null;
  }

  /**
   * Finds the value where every variable is one run of the bytes of a word.
   *
   * @return its start and end; -1 if the message has another form
   */
  private long directly(byte[] bytes, int from, int to) {
    long span = -1;
    int at = from;
    for (int i = 0; i < parts.size(); i++) {
      byte[] part = parts.get(i);
      int next = at + part.length;
      if (next > to || !Arrays.equals(bytes, at, next, part, 0, part.length)) {
        return -1;
      }
      at = next;
      if (i == parts.size() - 1) {
        return (at == to) ? span : -1;
      }
      int end = Template.wordEnd(bytes, at, to);
      if (end == at) {
        return -1;
      }
      if (i == place) {
        span = ((long) at << 32) | end;
      }
      at = end;
    }
    return -1;
  }

  private void byWords(byte[] bytes, int from, int to, ByteBuilder target) {
    text.truncate(0);
    places.clear();
    Template.map(bytes, from, to, text, places);
    Value value = words(text.array(), 0, text.length(), places);
    if (value != null) {
      byte[] source = value.ofTemplate() ? text.array() : bytes;
      target.append(source, value.from(), value.to());
    }
  }

  /** A range of the message, or of its own template. */
  private record Value(boolean ofTemplate, int from, int to) {}

  /**
   * Compares a message's own template with this one, word by word.
   *
   * @param found where its variables are in the message; null if only the comparison matters
   * @return the value, of any range if {@code found} is null; null if the templates differ
   */
  private @Nullable Value words(byte[] own, int from, int to, Template.@Nullable Places found) {
    Value value = null;
    int start = from;
    int here = 0;
    int there = 0;
    for (int i = 0; i < words.length; i++) {
      if (start > to) {
        return null;
      }
      int end = start;
      while (end < to && own[end] != ' ') {
        end++;
      }
      byte[] word = words[i];
      int count = places(word, 0, word.length);
      boolean wanted = place >= here && place < here + count;
      int ownCount = places(own, start, end);
      if (Arrays.equals(word, 0, word.length, own, start, end)) {
        if (wanted) {
          int index = there + place - here;
          value =
              (found == null)
                  ? new Value(true, start, end)
                  : new Value(false, found.from(index), found.to(index));
        }
      } else if (count != 1 || word.length != PLACE.length()) {
        return null;
      } else if (wanted) {
        value = new Value(true, start, end);
      }
      here += count;
      there += ownCount;
      start = end + 1;
    }
    return (start == to + 1) ? value : null;
  }

  private static int places(byte[] bytes, int from, int to) {
    int count = 0;
    for (int i = from; i + 3 <= to; i++) {
      if (bytes[i] == '<' && bytes[i + 1] == '*' && bytes[i + 2] == '>') {
        count++;
      }
    }
    return count;
  }
}
