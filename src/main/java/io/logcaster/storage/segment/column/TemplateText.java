package io.logcaster.storage.segment.column;

import io.logcaster.record.BytesPredicate;
import io.logcaster.record.TextShape;
import io.logcaster.record.TextShape.Gap;
import io.logcaster.record.Verdict;
import io.logcaster.storage.segment.bytes.BodyReader;
import io.logcaster.storage.segment.bytes.MalformedException;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A template and the descriptions of its variables, as {@link TemplateEncoder} wrote them.
 * Immutable.
 */
public final class TemplateText {

  private static final int[] NO_LENGTHS = {};

  /** The number of rows that have the template. */
  final int rows;

  /** The text as written, with a byte for each variable. */
  private final byte[] outline;

  /** Where each variable is in {@link #outline}. */
  private final int[] places;

  private final VariableLayout[] variables;

  private final long memoryBytes;

  /** What searches of words do without; computed at its first use. */
  private volatile @Nullable TemplateParts parts;

  private TemplateText(byte[] outline, int[] places, VariableLayout[] variables, int rows) {
    this.outline = outline;
    this.places = places;
    this.variables = variables;
    this.rows = rows;
    // The parts count already, because most templates that are kept get them sooner or later.
    long memory = 240L + 3L * outline.length;
    for (VariableLayout variable : variables) {
      memory += variable.memoryBytes() + 2L * variable.affixes.length();
    }
    memoryBytes = memory;
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

  private TemplateParts parts() {
    TemplateParts known = parts;
    if (known == null) {
      known = TemplateParts.of(outline, places, variables);
      parts = known;
    }
    return known;
  }

  /** What a predicate knows about all texts of the template. */
  Verdict judge(BytesPredicate predicate) {
    if (isAscii()) {
      Verdict verdict = predicate.judgeOutline(outline);
      if (verdict != Verdict.UNKNOWN) {
        return verdict;
      }
    }
    return predicate.judge(shape());
  }

  /** Whether the variables consist of ASCII letters, digits and underscores, each with a digit. */
  private boolean isAscii() {
    for (VariableLayout variable : variables) {
      if (!variable.isAscii()) {
        return false;
      }
    }
    return true;
  }

  /** The parts that all texts of the template share, and the gaps between them. */
  TextShape shape() {
    return parts().shape();
  }

  /** Returns the index of the variable that fills a gap of the shape. */
  int variableOf(int gap) {
    return parts().gapVariables()[gap];
  }

  /** Whether a gap of the shape includes the affixes of its variable. */
  boolean isWhole(int gap) {
    return parts().gapsWhole()[gap];
  }

  public int variables() {
    return variables.length;
  }

  public VariableLayout variable(int index) {
    return variables[index];
  }

  /** Returns the maximum length of a text in bytes. */
  int maxLength(VariableValues[] values) throws MalformedException {
    long length = parts().fixed().length;
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
    int same = parts().fixed().length;
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
    byte[] fixed = parts().fixed();
    int[] fixedEnds = parts().fixedEnds();
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
