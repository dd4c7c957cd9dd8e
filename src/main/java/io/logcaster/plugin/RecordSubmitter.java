package io.logcaster.plugin;

/**
 * Takes the records of an input, value by value, and hands them on in batches. A record is what was
 * set before {@link #end}:
 *
 * <pre>{@code
 * submitter.time(nanos).level("warning").field("app", "shop").message("paid").end();
 * submitter.submit();
 * }</pre>
 *
 * <p>The server counts the records, fills in what is missing (the time of arrival, the host), cuts
 * what is too long, and rejects times that cannot be. A full batch is handed on by itself. Belongs
 * to one thread.
 */
public interface RecordSubmitter {

  /** Sets the time in nanoseconds since the epoch, UTC. */
  RecordSubmitter time(long nanos);

  /** Sets the level in any usual spelling, such as {@code warning}, {@code E} or {@code crit}. */
  RecordSubmitter level(String level);

  /** Sets the message. */
  RecordSubmitter message(String message);

  /**
   * Sets a field.
   *
   * @param name not empty; names that start with an underscore are the server's own
   * @param value empty to leave it absent
   */
  RecordSubmitter field(String name, String value);

  /**
   * Ends the record. May wait while the server is busy, which is how an input slows its senders.
   *
   * @throws InterruptedException if the input is to stop
   */
  void end() throws InterruptedException;

  /** Forgets what was set since the last {@link #end}. */
  void discard();

  /** Counts something that was received but is no record. */
  void failed();

  /** How many bytes were received, for the statistics. */
  void received(long bytes);

  /**
   * Hands everything on and returns when it is on disk, or was filtered by the user's filter.
   *
   * @throws java.io.IOException if it could not be stored: its sender keeps it and sends it again
   * @throws InterruptedException if the input is to stop
   */
  void submit() throws java.io.IOException, InterruptedException;
}
