package io.logcaster.tail;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What a subscriber is sent. */
sealed interface TailEvent {

  /**
   * Records that passed the filter, in the order they were stored. Many readers hold the same one,
   * so it takes its room once, until the last of them lets it go.
   */
  final class Records implements TailEvent {

    private final byte[] json;
    private final int count;
    private final AtomicLong room;
    private final AtomicInteger holders = new AtomicInteger(1);

    /**
     * @param json the printed records, not to be changed
     * @param count how many
     * @param room how many bytes are free for records that wait; takes this one's from it
     */
    Records(byte[] json, int count, AtomicLong room) {
      this.json = json;
      this.count = count;
      this.room = room;
      room.addAndGet(-json.length);
    }

    byte[] json() {
      return json;
    }

    int count() {
      return count;
    }

    void hold() {
      holders.incrementAndGet();
    }

    void letGo() {
      if (holders.decrementAndGet() == 0) {
        room.addAndGet(json.length);
      }
    }
  }

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
