package io.logcaster.storage;

import io.logcaster.record.RecordBatch;

/**
 * The messages of one block, while it is written to disk. Rows without a message are left out.
 * Valid only during the call that passes it.
 */
public interface MessageBlock {

  /** The number of messages. */
  int size();

  /**
   * The number of groups of similar messages, 0 if they were not grouped. The messages of a group
   * are equal except for runs of letters, digits, underscores and non-ASCII characters that contain
   * a digit.
   */
  int groups();

  /** Identifies the common text of a group: the same in every block and process. */
  long key(int group);

  /** The group of a message; meaningless if there are no groups. */
  int group(int index);

  /** The array that holds a message. */
  byte[] bytes(int index);

  /** The index of a message's first byte. */
  int start(int index);

  /** The index after a message's last byte. */
  int end(int index);

  /** The time of a message's record in nanoseconds since the epoch. */
  long time(int index);

  /** The batch of a message's record. */
  RecordBatch batch(int index);

  /** The row of a message's record in its batch. */
  int row(int index);
}
