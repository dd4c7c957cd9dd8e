package io.logcaster.ingest.json;

import io.logcaster.ingest.RecordWriter;

/**
 * Fills records of protocols that give time, message and level explicitly, beside other fields.
 * Fields whose names mean level, host or app fill those if they are absent. Not thread-safe.
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

  /** Begins another group of fields, whose values win over earlier ones of the same names. */
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
   * Sets the level, which wins over fields that mean a level.
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

  /** Adds a field, unless its value is empty. */
  public void field(
      byte[] names, int nameFrom, int nameTo, byte[] values, int valueFrom, int valueTo) {
    if (valueFrom < valueTo) {
      fields.set(fields.column(names, nameFrom, nameTo, true), values, valueFrom, valueTo);
    }
  }

  /** Sets what follows from the fields. The caller ends the record. */
  public void finish() {
    fields.finish();
    if (levelGiven) {
      out.level(levelText, levelNumber);
    }
  }
}
