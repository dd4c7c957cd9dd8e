package io.logcaster.ingest.json;

import io.logcaster.ingest.RecordWriter;

/**
 * Fills records of protocols that name time, message and level themselves and have fields beside
 * them. The names that mean level, host and app fill those where they are absent. Not thread-safe.
 */
public final class FieldWriter {

  private final RecordWriter out;
  private final JsonFields fields;
  private int count;
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
    count = 0;
    levelGiven = false;
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

  /** Sets a field. A name that is too long is cut; beyond the limit of fields the record is. */
  public void field(
      byte[] names, int nameFrom, int nameTo, byte[] values, int valueFrom, int valueTo) {
    if (nameFrom == nameTo || valueFrom == valueTo) {
      return;
    }
    if (++count > JsonParser.MAX_FIELDS) {
      out.cut();
      return;
    }
    int end = Math.min(nameTo, nameFrom + JsonParser.MAX_NAME);
    fields.set(fields.column(names, nameFrom, end, true), values, valueFrom, valueTo);
  }

  /** Ends the record. */
  public void end() {
    fields.finish();
    if (levelGiven) {
      out.level(levelText, levelNumber);
    }
    out.end();
  }
}
