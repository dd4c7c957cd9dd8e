package io.logcaster.storage;

import java.util.List;

/**
 * What a filter asks of a row, in terms that a storage with an index of its own can answer. A part
 * that cannot be said in these terms is {@link Unknown}, so that a storage may always use what it
 * understands to leave out rows, and tests the rest with the {@link RowFilter}.
 */
public sealed interface Criterion {

  /** Says nothing: a row may pass or not. */
  Criterion UNKNOWN = new Unknown();

  /** Met by every row. */
  Criterion ALL = new And(List.of());

  /** It depends on what only the filter itself knows. */
  record Unknown() implements Criterion {}

  /** All conditions hold. */
  record And(List<Criterion> parts) implements Criterion {
    public And {
      parts = List.copyOf(parts);
    }
  }

  /** At least one condition holds. */
  record Or(List<Criterion> parts) implements Criterion {
    public Or {
      parts = List.copyOf(parts);
    }
  }

  /** A condition does not hold. */
  record Not(Criterion part) implements Criterion {}

  /** The time of the record lies in a range of nanoseconds since the epoch, both ends included. */
  record Times(long min, long max) implements Criterion {}

  /** A field of the stream has this value; empty for a stream without the field. */
  record StreamValue(String name, String value) implements Criterion {}

  /**
   * A field's value, which is empty where the record lacks the field, passes a check.
   *
   * @param field its name; the message and the texts of the stream have their built-in names
   */
  record Value(String field, Check check) implements Criterion {}

  /** Checks a value. */
  sealed interface Check {}

  /** The value is not empty. */
  record Present() implements Check {}

  /** The value equals one of these. */
  record OneOf(List<String> values) implements Check {
    public OneOf {
      values = List.copyOf(values);
    }
  }

  /** The value begins with a text, which is not empty. */
  record StartsWith(String text) implements Check {}

  /**
   * The value contains a phrase, which is not empty and begins and ends at the borders of words.
   *
   * @param prefix whether its last word may continue
   * @param anyCase whether letters match in both cases
   */
  record Phrase(String text, boolean prefix, boolean anyCase) implements Check {}

  /** The value contains a text, which is not empty, anywhere. */
  record Contains(String text) implements Check {}
}
