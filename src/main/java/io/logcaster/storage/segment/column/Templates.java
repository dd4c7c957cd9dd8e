package io.logcaster.storage.segment.column;

import io.logcaster.storage.segment.bytes.BodyReader;
import io.logcaster.storage.segment.bytes.MalformedException;

/**
 * The templates of a column and the template of each row. Most searches need no more; it takes two
 * bytes per row. Immutable, so queries can share it.
 */
public final class Templates {

  private final TemplateText[] texts;

  /** The index of each row's template; {@link #count()} if the row has no value. */
  private final char[] ofRow;

  private final boolean hasEmpty;

  private final long bytes;

  private Templates(TemplateText[] texts, char[] ofRow, boolean hasEmpty) {
    this.texts = texts;
    this.ofRow = ofRow;
    this.hasEmpty = hasEmpty;
    long sum = 2L * ofRow.length;
    for (TemplateText text : texts) {
      sum += text.memoryBytes();
    }
    bytes = sum;
  }

  /**
   * Reads a column's templates.
   *
   * @param body the body, positioned after the bitmap of present rows
   * @param presence the bitmap of rows that have a value; empty if all have
   * @param rows the number of rows of the block
   * @param count the number of rows that have a value
   */
  public static Templates read(BodyReader body, long[] presence, int rows, int count)
      throws MalformedException {
    byte[][] texts = TemplateText.texts(body);
    long[] numbers = LongsLayout.decode(body, count);
    int[] used = new int[texts.length];
    for (long number : numbers) {
      if (number < 0 || number >= texts.length) {
        throw new MalformedException("template " + number + " is not below " + texts.length);
      }
      used[(int) number]++;
    }
    TemplateText[] templates = new TemplateText[texts.length];
    for (int i = 0; i < templates.length; i++) {
      templates[i] = TemplateText.read(texts[i], body, used[i]);
    }
    char[] ofRow = new char[rows];
    boolean all = presence.length == 0;
    int value = 0;
    for (int row = 0; row < rows; row++) {
      boolean present = all || (presence[row >>> 6] & 1L << row) != 0;
      ofRow[row] = present ? (char) numbers[value++] : (char) texts.length;
    }
    return new Templates(templates, ofRow, !all);
  }

  public int count() {
    return texts.length;
  }

  public TemplateText get(int template) {
    return texts[template];
  }

  /** The index of each row's template; {@link #count()} if the row has no value. Do not modify. */
  char[] ofRow() {
    return ofRow;
  }

  /** Whether there are rows without a value. */
  boolean hasEmpty() {
    return hasEmpty;
  }

  public long memoryBytes() {
    return bytes;
  }
}
