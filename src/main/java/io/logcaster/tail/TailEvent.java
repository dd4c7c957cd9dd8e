package io.logcaster.tail;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What a subscriber receives. */
sealed interface TailEvent {

  /**
   * Records that passed the filter, in the order in which they were stored. Readers share an
   * instance, so its bytes count once, until the last reader releases it.
   */
  final class Records implements TailEvent {

    private final byte[] json;
    private final int count;
    private final AtomicLong room;
    private final AtomicInteger holders = new AtomicInteger(1);

    /**
     * @param json the printed records, not to be changed
     * @param count how many
     * @param room the number of bytes free for waiting records; reduced by this one's bytes
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
   * @param dropped how many; includes records that were never filtered
   */
  record Gap(long dropped) implements TailEvent {}

  /** Nothing was sent for a while. */
  record Heartbeat() implements TailEvent {

    static final Heartbeat INSTANCE = new Heartbeat();
  }
}
