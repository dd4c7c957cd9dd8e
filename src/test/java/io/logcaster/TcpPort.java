package io.logcaster;

import io.logcaster.ingest.Input;
import java.util.List;

/** Finds the port that a test's server has taken for TCP. */
public final class TcpPort {

  private TcpPort() {}

  /** {@code inputs} are the server's. */
  public static int of(List<Input> inputs) {
    String address =
        inputs.stream()
            .map(Input::stats)
            .filter((stats) -> stats.id().equals("tcp"))
            .findFirst()
            .orElseThrow()
            .address();
    return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
  }
}
