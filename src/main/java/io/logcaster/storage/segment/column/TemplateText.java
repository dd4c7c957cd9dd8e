package io.logcaster.storage.segment.column;

import io.logcaster.record.TextShape;
import io.logcaster.record.TextShape.Alphabet;
import io.logcaster.record.TextShape.Gap;
import io.logcaster.storage.segment.bytes.BodyReader;
import io.logcaster.storage.segment.bytes.MalformedException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * A template and the descriptions of its variables, as {@link TemplateEncoder} wrote them.
 * Immutable.
 */
public final class TemplateText {

  private static final int[] NO_LENGTHS = {};

  private static final Gap ANYTHING = new Gap(Alphabet.ANY, 0, Integer.MAX_VALUE);

  /** The number of rows that have the template. */
  final int rows;

  /** The parts that all texts share, back to back; includes the affixes of the variables. */
  private final byte[] fixed;

  /** Where the part before each variable ends in {@link #fixed}. */
  private final int[] fixedEnds;

  private final VariableLayout[] variables;

  private final TextShape shape;

  /** For each gap of the shape, the index of its variable. */
  private final int[] gapVariables;

  /** For each gap, whether it includes the affixes of its variable. */
  private final boolean[] gapsWhole;

  private final long memoryBytes;

  private TemplateText(byte[] text, int[] ends, VariableLayout[] variables, int rows) {
    this.variables = variables;
    this.rows = rows;
    gapVariables = new int[variables.length];
    gapsWhole = new boolean[variables.length];
    fixedEnds = new int[variables.length];
    fixed = new byte[fixedLength(text, variables)];
    byte[][] parts = new byte[variables.length + 1][];
    Gap[] gaps = new Gap[variables.length];
    long memory = 200L + 2L * fixed.length;
    int count = 0;
    int at = 0;
    int start = 0;
    int partStart = 0;
    for (int i = 0; i < variables.length; i++) {
      VariableLayout words = variables[i];
      byte[] prefix = words.prefix();
      byte[] suffix = words.suffix();
      memory += words.memoryBytes();
      at = put(text, start, ends[i], at);
      start = ends[i] + 1;
      int partEnd = at;
      at = put(prefix, 0, prefix.length, at);
      fixedEnds[i] = at;
      at = put(suffix, 0, suffix.length, at);
      if (!(words instanceof ConstantVariable)) {
        // Affixes are bytes and may split a character; only ASCII affixes can join the parts.
        boolean ascii = isAscii(prefix) && isAscii(suffix);
        gapVariables[count] = i;
        gapsWhole[count] = !ascii;
        gaps[count] = ascii ? words.gap() : ANYTHING;
        parts[count++] = Arrays.copyOfRange(fixed, partStart, ascii ? fixedEnds[i] : partEnd);
        partStart = ascii ? fixedEnds[i] : at;
      }
    }
    put(text, start, text.length, at);
    parts[count] = Arrays.copyOfRange(fixed, partStart, fixed.length);
    shape =
        new TextShape(
            List.of((count == variables.length) ? parts : Arrays.copyOf(parts, count + 1)),
            List.of((count == variables.length) ? gaps : Arrays.copyOf(gaps, count)));
    memoryBytes = memory;
  }

  private static int fixedLength(byte[] text, VariableLayout[] variables) {
    int length = text.length - variables.length;
    for (VariableLayout variable : variables) {
      length += variable.prefix().length + variable.suffix().length;
    }
    return length;
  }

  private int put(byte[] source, int from, int to, int at) {
    System.arraycopy(source, from, fixed, at, to - from);
    return at + to - from;
  }

  private static boolean isAscii(byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0) {
        return false;
      }
    }
    return true;
  }

  /** Reads the texts of all templates of a column. */
  static byte[][] texts(BodyReader body) throws MalformedException {
    byte[][] texts = new byte[body.meta.getCount(TemplateEncoder.MAX_TEMPLATES)][];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = body.meta.getSized();
    }
    return texts;
  }

  /**
   * Reads the descriptions of a template's variables and skips their values.
   *
   * @param rows the number of rows that have the template
   */
  static TemplateText read(byte[] text, BodyReader body, int rows) throws MalformedException {
    int[] ends = new int[8];
    int count = 0;
    for (int i = 0; i < text.length; i++) {
      if (text[i] == TemplateEncoder.VARIABLE) {
        if (count == ends.length) {
          ends = Arrays.copyOf(ends, count * 2);
        }
        ends[count++] = i;
      }
    }
    VariableLayout[] variables = new VariableLayout[count];
    for (int i = 0; i < count; i++) {
      variables[i] = VariableLayout.read(body, rows);
    }
    return new TemplateText(text, Arrays.copyOf(ends, count), variables, rows);
  }

  /** The parts that all texts of the template share, and the gaps between them. */
  TextShape shape() {
    return shape;
  }

  /** Returns the index of the variable that fills a gap of the shape. */
  int variableOf(int gap) {
    return gapVariables[gap];
  }

  /** Whether a gap of the shape includes the affixes of its variable. */
  boolean isWhole(int gap) {
    return gapsWhole[gap];
  }

  public int variables() {
    return variables.length;
  }

  public VariableLayout variable(int index) {
    return variables[index];
  }

  /** Returns the maximum length of a text in bytes. */
  int maxLength(VariableValues[] values) throws MalformedException {
    long length = fixed.length;
    for (VariableValues variable : values) {
      length += variable.maxInnerLength();
    }
    if (length > BodyReader.MAX_AREA) {
      throw new MalformedException("value of up to " + length + " bytes");
    }
    return (int) length;
  }

  /**
   * The length in bytes of each row's text, by the row's ordinal among rows of the same template; a
   * single number if all texts have the same length.
   *
   * @param body gives the body, if it is needed
   */
  int[] lengths(Supplier<BodyReader> body) throws MalformedException {
    int same = fixed.length;
    int[] lengths = NO_LENGTHS;
    for (VariableLayout variable : variables) {
      Gap gap = variable.gap();
      if (gap.minLength() == gap.maxLength()) {
        same += gap.minLength();
      } else {
        lengths = (lengths.length == 0) ? new int[rows] : lengths;
        variable.addLengths(body.get(), lengths);
      }
    }
    if (lengths.length == 0) {
      return new int[] {same};
    }
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] += same;
    }
    return lengths;
  }

  /**
   * Writes a row's text.
   *
   * @param values the values of the variables
   * @param index the row's ordinal among rows of the same template
   * @return the index after its last byte
   */
  int write(VariableValues[] values, int index, byte[] target, int start) {
    int at = start;
    int from = 0;
    for (int i = 0; i < values.length; i++) {
      int length = fixedEnds[i] - from;
      System.arraycopy(fixed, from, target, at, length);
      at = values[i].writeInner(index, target, at + length);
      from = fixedEnds[i];
    }
    System.arraycopy(fixed, from, target, at, fixed.length - from);
    return at + fixed.length - from;
  }

  long memoryBytes() {
    return memoryBytes;
  }
}
