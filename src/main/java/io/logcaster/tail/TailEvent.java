package io.logcaster.tail;

/** What a subscriber is sent. */
sealed interface TailEvent {

  /**
   * Records that passed the filter, in the order they were stored.
   *
   * @param json the printed records; shared by all subscribers of the query, not to be changed
   * @param count how many
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares two of them
  record Records(byte[] json, int count) implements TailEvent {}

  /**
   * Records are missing here.
   *
   * @param dropped how many; where they were never looked at, all of them are counted
   */
  record Gap(long dropped) implements TailEvent {}

  /** Nothing happened for a while. */
  record Heartbeat() implements TailEvent {

    static final Heartbeat INSTANCE = new Heartbeat();
  }
}
