package io.logcaster.cli;

import java.io.Closeable;
import java.io.IOException;

/** One connection that a load generator sends lines over. Used by one thread. */
interface BenchTarget extends Closeable {

  /**
   * Sends whole lines; waits while the server holds back.
   *
   * @param lines how many lines the bytes hold
   */
  void send(byte[] bytes, int length, int lines) throws IOException, InterruptedException;

  /**
   * Ends the sending and waits until the server has read everything, or acknowledged it where it
   * does so.
   */
  void finish() throws IOException, InterruptedException;

  /** Lets go of the connection. */
  @Override
  void close() throws IOException;
}
