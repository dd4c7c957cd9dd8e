package io.logcaster.storage.wal;

/** When a batch counts as stored. */
public enum Durability {

  /** After the disk has it: nothing acknowledged is lost when the machine fails. */
  SYNC,

  /**
   * After the operating system has it; the disk follows within a second. Nothing acknowledged is
   * lost when the process is killed, up to a second's records when the machine fails.
   */
  ASYNC
}
