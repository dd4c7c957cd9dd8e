package io.logcaster.query.exec;

import io.logcaster.query.exec.frame.ValueIds;
import io.logcaster.query.exec.text.Template;
import io.logcaster.record.ByteBuilder;
import io.logcaster.record.BytesEncoder;
import io.logcaster.record.TextShape;
import java.nio.charset.StandardCharsets;

/**
 * Numbers the {@link Template}s of messages, from 0. Stored templates are numbered without the text
 * of their messages. Not thread-safe.
 */
final class TemplateCodes implements BytesEncoder {

  /** Messages of further templates are numbered as one, so that memory stays bounded. */
  private static final int MAX_TEMPLATES = 10_000;

  private final ValueIds templates = new ValueIds();

  private final ByteBuilder text = new ByteBuilder(256);

  @Override
  public int encode(byte[] bytes, int from, int end) {
    text.truncate(0);
    if (templates.size() < MAX_TEMPLATES) {
      Template.map(bytes, from, Template.cut(bytes, from, end), text);
    } else {
      text.append("<*>");
    }
    return number();
  }

  @Override
  public int encode(TextShape shape) {
    text.truncate(0);
    if (templates.size() >= MAX_TEMPLATES) {
      text.append("<*>");
      return number();
    }
    return (shape.maxLength() <= Template.MAX_LENGTH && Template.map(shape, text)) ? number() : -1;
  }

  private int number() {
    return templates.id(text.array(), 0, text.length());
  }

  /** How many templates there are. */
  int size() {
    return templates.size();
  }

  String template(int code) {
    return new String(templates.value(code), StandardCharsets.UTF_8);
  }

  long memoryBytes() {
    return templates.memoryBytes();
  }
}
