package io.logcaster.storage.segment.column;

import io.logcaster.record.TextShape.Gap;
import io.logcaster.storage.segment.bytes.BodyReader;
import io.logcaster.storage.segment.bytes.MalformedException;

/**
 * Describes how a column's body stores the values of one variable of a template, as {@link
 * VariableEncoder} wrote them. Each kind has its own class, which writes, reads and filters values
 * of its kind. {@link VariableValues} are the values themselves. Immutable.
 */
public abstract sealed class VariableLayout
    permits ConstantVariable,
        NumberVariable,
        DigitsVariable,
        HexVariable,
        DictionaryVariable,
        TextVariable {

  /** The approximate memory of a description without its arrays. */
  private static final int OBJECT_BYTES = 120;

  final Affixes affixes;

  VariableLayout(Affixes affixes) {
    this.affixes = affixes;
  }

  /** Reads the description of {@code count} values and skips the values. */
  public static VariableLayout read(BodyReader body, int count) throws MalformedException {
    int head = body.meta.get();
    Affixes affixes = Affixes.read(head, body);
    int kind = Affixes.kind(head);
    return switch (kind) {
      case ConstantVariable.KIND -> new ConstantVariable(affixes);
      case NumberVariable.KIND -> NumberVariable.read(affixes, body, count);
      case DigitsVariable.KIND -> DigitsVariable.read(affixes, body, count);
      case HexVariable.LOWER_KIND -> HexVariable.read(HexDigits.LOWER, affixes, body, count);
      case HexVariable.UPPER_KIND -> HexVariable.read(HexDigits.UPPER, affixes, body, count);
      case DictionaryVariable.KIND -> DictionaryVariable.read(affixes, body, count);
      case TextVariable.KIND -> TextVariable.read(affixes, body, count);
      default -> throw new MalformedException("unknown kind " + kind + " of variable");
    };
  }

  /** The common prefix of all values. */
  final byte[] prefix() {
    return affixes.prefix();
  }

  /** The common suffix of all values. */
  final byte[] suffix() {
    return affixes.suffix();
  }

  /** The possible texts between {@link #prefix} and {@link #suffix}. */
  abstract Gap gap();

  /** Whether all values consist of ASCII letters, digits and underscores. */
  boolean isAscii() {
    return affixes.isAscii();
  }

  /**
   * Reads the values.
   *
   * @param body the body that the description was read from, or a second reading of it
   */
  public abstract VariableValues values(BodyReader body) throws MalformedException;

  /**
   * Adds the length of each value, without its affixes, to a number for each value. Not called if
   * the {@link #gap} has only one length.
   *
   * @param body the body that the description was read from, or a second reading of it
   */
  abstract void addLengths(BodyReader body, int[] lengths) throws MalformedException;

  long memoryBytes() {
    return (long) OBJECT_BYTES + affixes.length();
  }
}
