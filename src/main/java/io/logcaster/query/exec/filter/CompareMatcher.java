package io.logcaster.query.exec.filter;

import io.logcaster.query.ast.CompareFilter;
import io.logcaster.query.ast.CompareFilter.Operator;
import io.logcaster.query.value.NumberBound;
import io.logcaster.query.value.Numbers;
import io.logcaster.record.Field;
import io.logcaster.record.Severity;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Compares values with a given one: by severity if that is one of the six levels and the field is
 * {@code level}, by what they {@linkplain Numbers#measure measure} if it measures something, else
 * byte by byte.
 */
final class CompareMatcher {

  private CompareMatcher() {}

  static ValueMatcher of(CompareFilter filter) {
    Operator operator = filter.operator();
    if (filter.field().equals(Field.LEVEL) && Severity.NAMES.contains(filter.value())) {
      return new Levels(operator, band(Severity.parse(filter.value())));
    }
    NumberBound bound = NumberBound.of(filter.value());
    if (bound != null) {
      return switch (operator) {
        case LESS -> new RangeMatcher(NumberBound.LOWEST, true, bound, false);
        case LESS_OR_EQUAL -> new RangeMatcher(NumberBound.LOWEST, true, bound, true);
        case GREATER -> new RangeMatcher(bound, false, NumberBound.HIGHEST, true);
        case GREATER_OR_EQUAL -> new RangeMatcher(bound, true, NumberBound.HIGHEST, true);
      };
    }
    return new Texts(operator, filter.value().getBytes(StandardCharsets.UTF_8));
  }

  private static int band(int severity) {
    return (severity - 1) >> 2;
  }

  private static final class Levels extends ValueMatcher {

    private final Operator operator;

    private final int band;

    Levels(Operator operator, int band) {
      this.operator = operator;
      this.band = band;
    }

    @Override
    public boolean test(byte[] bytes, int from, int to) {
      int severity = Severity.parse(bytes, from, to);
      return severity != Severity.UNSET && operator.accepts(Integer.compare(band(severity), band));
    }

    @Override
    int cost() {
      return RowMatcher.EQUALITY;
    }
  }

  private static final class Texts extends ValueMatcher {

    private final Operator operator;

    private final byte[] text;

    Texts(Operator operator, byte[] text) {
      this.operator = operator;
      this.text = text;
    }

    @Override
    public boolean test(byte[] bytes, int from, int to) {
      return operator.accepts(Arrays.compareUnsigned(bytes, from, to, text, 0, text.length));
    }

    @Override
    int cost() {
      return RowMatcher.EQUALITY;
    }
  }
}
