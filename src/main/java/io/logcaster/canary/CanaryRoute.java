package io.logcaster.canary;

import java.io.IOException;

/**
 * A way through one input.
 *
 * @param name such as {@code tcp/syslog}: the input and the format
 * @param format how its records are written
 * @param sender sends them
 */
record CanaryRoute(String name, CanaryFormat format, Sender sender) {

  /** Sends one record over a connection of its own. */
  @FunctionalInterface
  interface Sender {

    /**
     * @throws IOException if it could not be sent or was refused
     */
    void send(String text) throws IOException;
  }
}
