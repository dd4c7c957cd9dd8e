package io.logcaster.query.exec.text;

import io.logcaster.record.Column;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The types of values that LogsQL's {@code value_type()} names. They describe the values, not how
 * this engine stores them, so that a query keeps its meaning when the storage changes.
 *
 * @param name the type's name in a query
 * @param values which values are of the type
 */
public record ValueType(String name, Predicate<String> values) {

  private static final Pattern INTEGER = Pattern.compile("-?(?:0|[1-9][0-9]{0,19})");

  private static final Pattern DECIMAL = Pattern.compile("-?(?:0|[1-9][0-9]{0,18})\\.[0-9]{1,19}");

  private static final Pattern ADDRESS = Pattern.compile("[0-9]{1,3}(?:\\.[0-9]{1,3}){3}");

  private static final Pattern TIME =
      Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z");

  /** The types, narrowest first. */
  private static final List<ValueType> TYPES =
      List.of(
          new ValueType("uint8", (value) -> isUnsigned(value, 0xffL)),
          new ValueType("uint16", (value) -> isUnsigned(value, 0xffffL)),
          new ValueType("uint32", (value) -> isUnsigned(value, 0xffffffffL)),
          new ValueType("uint64", (value) -> isUnsigned(value, -1)),
          new ValueType("int64", ValueType::isSigned),
          new ValueType("float64", ValueType::isDecimal),
          new ValueType("ipv4", ValueType::isAddress),
          new ValueType("iso8601", TIME.asMatchPredicate()));

  /** The maximum number of values of a dictionary. */
  private static final int DICTIONARY_VALUES = 8;

  private static final int SMALL_BYTES = 256;

  /** From here on, a double cannot represent every integer. */
  private static final long INEXACT = 1L << 53;

  /** The name of the type of the values in some rows of a column; null if all are empty. */
  public static @Nullable String of(Column column, List<Integer> rows) {
    Set<String> values = new HashSet<>();
    for (int i = 0; i < rows.size() && values.size() <= DICTIONARY_VALUES; i++) {
      values.add(column.text(rows.get(i)));
    }
    long bytes = values.stream().mapToLong(String::length).sum();
    if (values.size() == 1 && bytes <= SMALL_BYTES) {
      return (bytes > 0) ? "const" : null;
    }
    if (values.size() <= DICTIONARY_VALUES && bytes <= SMALL_BYTES) {
      return "dict";
    }
    for (ValueType type : TYPES) {
      if (rows.stream().allMatch((row) -> type.values.test(column.text(row)))) {
        return type.name;
      }
    }
    return "string";
  }

  private static boolean isUnsigned(String value, long max) {
    if (value.startsWith("-") || !INTEGER.matcher(value).matches()) {
      return false;
    }
    try {
      return Long.compareUnsigned(Long.parseUnsignedLong(value), max) <= 0;
    } catch (NumberFormatException ex) {
      return false;
    }
  }

  private static boolean isSigned(String value) {
    try {
      long _ = Long.parseLong(value);
      return INTEGER.matcher(value).matches();
    } catch (NumberFormatException ex) {
      return false;
    }
  }

  private static boolean isDecimal(String value) {
    return DECIMAL.matcher(value).matches()
        || (isSigned(value) && Math.abs(Long.parseLong(value)) < INEXACT);
  }

  private static boolean isAddress(String value) {
    return ADDRESS.matcher(value).matches()
        && Stream.of(value.split("\\.", -1)).allMatch((part) -> isUnsigned(part, 0xff));
  }
}
