package io.logcaster.storage.segment.column;

import io.logcaster.record.TextShape.Gap;
import io.logcaster.storage.segment.bytes.BodyReader;
import io.logcaster.storage.segment.bytes.MalformedException;

/**
 * How the values of one variable of a template are kept in a column's body: the description of what
 * {@link VariableEncoder} wrote. There is one class for each kind; it writes, reads and filters the
 * values of its kind. The values themselves are {@link VariableValues}. Immutable.
 */
public abstract sealed class VariableLayout
    permits ConstantVariable,
        NumberVariable,
        DigitsVariable,
        HexVariable,
        DictionaryVariable,
        TextVariable {

  /** What an object of the description takes beside its arrays, about. */
  private static final int OBJECT_BYTES = 120;

  final Affixes affixes;

  VariableLayout(Affixes affixes) {
    this.affixes = affixes;
  }

  /** Reads the description of {@code count} values, and steps over the values. */
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
      default -> throw new MalformedException("kind " + kind + " of words");
    };
  }

  /** What all values begin with. */
  final byte[] prefix() {
    return affixes.prefix();
  }

  /** What all values end with. */
  final byte[] suffix() {
    return affixes.suffix();
  }

  /** What stands between {@link #prefix} and {@link #suffix}. */
  abstract Gap gap();

  /**
   * Reads the values.
   *
   * @param body the body that the description was read from, or the same one read again
   */
  public abstract VariableValues values(BodyReader body) throws MalformedException;

  long memoryBytes() {
    return (long) OBJECT_BYTES + affixes.length();
  }
}
