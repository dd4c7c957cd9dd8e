package io.logcaster.record;

/**
 * A name and its value. An empty value is the same as an absent field.
 *
 * @param name the field's name, never empty
 * @param value the text as sent
 */
public record Field(String name, String value) {

  /** The time of a record. */
  public static final String TIME = "_time";

  /** The message of a record. */
  public static final String MESSAGE = "_msg";

  /**
   * The stream fields of a record in their canonical spelling, such as <code>{app="x",host="y"}
   * </code>.
   */
  public static final String STREAM = "_stream";

  /** The identity of the stream, see {@link Stream#id()}. */
  public static final String STREAM_ID = "_stream_id";

  /**
   * The text of the severity, one of {@link Severity}'s names where the sender's spelling is known.
   */
  public static final String LEVEL = "level";
}
