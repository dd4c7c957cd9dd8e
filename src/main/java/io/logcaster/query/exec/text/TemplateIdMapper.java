package io.logcaster.query.exec.text;

import io.logcaster.record.ByteBuilder;
import io.logcaster.record.BytesMapper;
import io.logcaster.record.TextShape;

/**
 * The id of the template of a message, which {@code /api/v1/templates} knows it by: only the first
 * {@link Template#MAX_LENGTH} bytes of a message count. Not thread-safe.
 */
public final class TemplateIdMapper implements BytesMapper {

  private final ByteBuilder template = new ByteBuilder(256);

  @Override
  public void map(byte[] bytes, int from, int to, ByteBuilder target) {
    if (from == to) {
      return; // without a message there is no template
    }
    template.truncate(0);
    Template.map(bytes, from, Template.cut(bytes, from, to), template);
    append(target);
  }

  @Override
  public boolean map(TextShape shape, ByteBuilder target) {
    template.truncate(0);
    if (shape.maxLength() > Template.MAX_LENGTH || !Template.map(shape, template)) {
      return false;
    }
    append(target);
    return true;
  }

  private void append(ByteBuilder target) {
    target.append(TemplateId.format(TemplateId.of(template.array(), 0, template.length())));
  }
}
