package io.logcaster.ingest;

import java.time.Instant;
import java.util.List;

/**
 * The state and the counters of an input.
 *
 * @param id the input's name, such as {@code tcp}
 * @param protocol the protocol; {@code auto} if it is detected for each connection
 * @param address the address it listens on, such as {@code 127.0.0.1:5140}; empty while it is
 *     closed
 * @param state whether it accepts records
 * @param received records received
 * @param rejected records refused
 * @param bytes bytes received
 * @param errors messages and connections that failed
 * @param connections the live connections, oldest first
 */
public record InputStats(
    String id,
    String protocol,
    String address,
    State state,
    long received,
    long rejected,
    long bytes,
    long errors,
    List<Connection> connections) {

  public InputStats {
    connections = List.copyOf(connections);
  }

  /** Whether an input accepts records. */
  public enum State {
    STOPPED,
    RUNNING,
    /** One of its threads has failed and will be restarted. */
    FAILED,
    STOPPING
  }

  /**
   * One sender.
   *
   * @param id the client id, such as {@code c-1}
   * @param input the input it is connected to
   * @param peer its address and port
   * @param protocol the protocol it uses; {@code unknown} until the first message
   * @param records records received
   * @param bytes bytes received
   * @param since when it connected
   * @param errors messages that failed
   */
  public record Connection(
      String id,
      String input,
      String peer,
      String protocol,
      long records,
      long bytes,
      Instant since,
      long errors) {}
}
