package io.logcaster.ingest.json;

import io.logcaster.ingest.RecordWriter;

/**
 * Fills records of protocols that name time, message and level themselves and have fields beside
 * them. The names that mean level, host and app fill those where they are absent. Not thread-safe.
 */
public final class FieldWriter {

  private final RecordWriter out;
  private final JsonFields fields;
  private boolean levelGiven;
  private byte[] levelText = {};
  private int levelNumber;

  public FieldWriter(RecordWriter out) {
    this.out = out;
    this.fields = new JsonFields(out, JsonNames.FIELDS);
  }

  /** Begins a record. */
  public void begin() {
    fields.begin(false);
    levelGiven = false;
  }

  /** Begins another group of fields, whose values win over those before under the same names. */
  public void beginGroup() {
    out.builder().beginGroup();
  }

  public void time(long nanos) {
    out.builder().time(nanos);
  }

  public void message(byte[] bytes, int from, int to) {
    out.builder().message(bytes, from, to);
  }

  /**
   * Sets the level, which wins over fields that mean it.
   *
   * @param text in the sender's spelling; may be empty
   * @param number 1..24, or 0 for none
   */
  public void level(byte[] text, int number) {
    levelGiven = true;
    levelText = text;
    levelNumber = number;
  }

  public void field(byte[] name, byte[] value) {
    field(name, 0, name.length, value, 0, value.length);
  }

  /** Adds a field; an empty value is none. */
  public void field(
      byte[] names, int nameFrom, int nameTo, byte[] values, int valueFrom, int valueTo) {
    if (valueFrom < valueTo) {
      fields.set(fields.column(names, nameFrom, nameTo, true), values, valueFrom, valueTo);
    }
  }

  /** Sets what follows from the fields; the record is ended by its writer then. */
  public void finish() {
    fields.finish();
    if (levelGiven) {
      out.level(levelText, levelNumber);
    }
  }
}
