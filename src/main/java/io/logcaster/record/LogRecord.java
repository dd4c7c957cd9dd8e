package io.logcaster.record;

import java.util.List;

/**
 * One log as an object. It exists at the edges only (API, tests, user interface); everything
 * between a socket and the disk works on {@link RecordBatch}.
 *
 * @param time nanoseconds since the epoch, UTC
 * @param severity the OpenTelemetry number 1..24, 0 if unknown
 * @param message the message, possibly empty
 * @param fields the other fields in the order of their columns, without empty ones
 */
public record LogRecord(long time, int severity, String message, List<Field> fields) {

  public LogRecord {
    fields = List.copyOf(fields);
  }

  /**
   * The value of a field.
   *
   * @param name the field's name
   * @return its value, empty if absent
   */
  public String value(String name) {
    if (name.equals(Field.MESSAGE)) {
      return message;
    }
    for (Field field : fields) {
      if (field.name().equals(name)) {
        return field.value();
      }
    }
    return "";
  }
}
