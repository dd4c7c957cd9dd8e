package io.logcaster.query;

import io.logcaster.query.exec.text.Template;
import io.logcaster.query.exec.text.TemplateId;
import io.logcaster.record.ByteBuilder;
import io.logcaster.record.TextShape;

/** The templates of messages for other features: the text that the pipe {@code pattern} shows. */
public final class TemplateNames {

  /** Stands for what varies. */
  public static final String PLACE = "<*>";

  /** Bytes of a message that matter to its template. */
  public static final int MAX_LENGTH = Template.MAX_LENGTH;

  private TemplateNames() {}

  /** Where a message is cut before its template is computed: after four kilobytes at most. */
  public static int cut(byte[] bytes, int from, int end) {
    return Template.cut(bytes, from, end);
  }

  /** Appends the template of a message. */
  public static void map(byte[] bytes, int from, int to, ByteBuilder target) {
    Template.map(bytes, from, to, target);
  }

  /**
   * Appends the template of all texts of a shape whose gaps all lie in runs with a digit.
   *
   * @return whether they have the same template; if not, the content of {@code target} is undefined
   */
  public static boolean map(TextShape shape, ByteBuilder target) {
    return Template.map(shape, target);
  }

  /** The id of a template's text as a number. */
  public static long id(byte[] text, int from, int to) {
    return TemplateId.of(text, from, to);
  }

  /** Writes an id as users see it: 16 hexadecimal digits. */
  public static String format(long id) {
    return TemplateId.format(id);
  }
}
