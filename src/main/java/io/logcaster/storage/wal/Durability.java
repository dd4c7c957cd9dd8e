package io.logcaster.storage.wal;

/** When a batch counts as stored. */
public enum Durability {

  /** After the disk has it: no acknowledged record is lost if the machine fails. */
  SYNC,

  /**
   * After the operating system has it; the disk follows within a second. No acknowledged record is
   * lost if the process is killed, but up to a second of records is lost if the machine fails.
   */
  ASYNC
}
