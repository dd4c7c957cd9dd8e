package io.logcaster.storage.segment;

import java.util.Arrays;

/** Puts the texts together that {@link TemplateEncoder} took apart. */
final class TemplateText {

  /** One template with the values of its variables over the rows that have it. */
  private static final class Template {

    final byte[] text;

    /** Where the fixed parts end in the text. */
    final int[] ends;

    final Words[] variables;

    int rows;

    int next;

    int maxLength;

    Template(byte[] text) {
      this.text = text;
      int count = 0;
      for (byte b : text) {
        count += (b == TemplateEncoder.VARIABLE) ? 1 : 0;
      }
      variables = new Words[count];
      ends = new int[count + 1];
      int part = 0;
      for (int i = 0; i < text.length; i++) {
        if (text[i] == TemplateEncoder.VARIABLE) {
          ends[part++] = i;
        }
      }
      ends[count] = text.length;
    }

    int write(byte[] target, int start) {
      int at = start;
      int from = 0;
      int index = next++;
      for (int i = 0; i < ends.length; i++) {
        int length = ends[i] - from;
        System.arraycopy(text, from, target, at, length);
        at += length;
        if (i < variables.length) {
          at = variables[i].write(index, target, at);
          from = ends[i] + 1;
        }
      }
      return at;
    }
  }

  private TemplateText() {}

  /** Reads the values of a column. */
  static Texts decode(BodyReader body, int count) throws MalformedException {
    Template[] templates = new Template[body.meta.getCount(TemplateEncoder.MAX_TEMPLATES)];
    for (int i = 0; i < templates.length; i++) {
      templates[i] = new Template(body.meta.getSized());
    }
    long[] numbers = LongsLayout.decode(body, count);
    for (long number : numbers) {
      if (number < 0 || number >= templates.length) {
        throw new MalformedException("template " + number + " of " + templates.length);
      }
      templates[(int) number].rows++;
    }
    for (Template template : templates) {
      long maxLength = template.text.length;
      for (int i = 0; i < template.variables.length; i++) {
        template.variables[i] = Words.decode(body, template.rows);
        maxLength += template.variables[i].maxLength();
      }
      if (maxLength > BodyReader.MAX_AREA) {
        throw new MalformedException("a value of " + maxLength + " bytes");
      }
      template.maxLength = (int) maxLength;
    }
    byte[] bytes = new byte[1 << 12];
    int[] ends = new int[count];
    int used = 0;
    for (int row = 0; row < count; row++) {
      Template template = templates[(int) numbers[row]];
      if (bytes.length - used < template.maxLength) {
        long expected = (long) (used + template.maxLength) * count / Math.max(1, row);
        int wanted = Math.addExact(used, template.maxLength);
        bytes =
            Arrays.copyOf(
                bytes, (int) Math.clamp(expected, wanted, Math.max(wanted, used * 4L + 65_536)));
      }
      used = template.write(bytes, used);
      ends[row] = used;
    }
    return new Texts(bytes, ends);
  }
}
