package io.logcaster.ingest;

import java.time.Instant;
import java.util.List;

/**
 * The state and the counters of an input.
 *
 * @param id the input's name, such as {@code tcp}
 * @param protocol what it speaks; {@code auto} where each connection decides
 * @param address where it listens, such as {@code 127.0.0.1:5140}; empty while it does not
 * @param state whether it takes records
 * @param received records received
 * @param rejected records refused
 * @param bytes bytes received
 * @param errors messages and connections that went wrong
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

  /** Whether an input takes records. */
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
   * @param input the input it came to
   * @param peer its address and port
   * @param protocol what it speaks; {@code unknown} until the first message
   * @param records records received
   * @param bytes bytes received
   * @param since when it connected
   * @param errors messages that went wrong
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
