package io.logcaster.system;

/**
 * A part's share of the one line printed when the server is ready: {@code TCP 127.0.0.1:5140}.
 * Parts that want to be in it are beans of this type; they are asked once, after everything has
 * started, in bean order.
 */
@FunctionalInterface
public interface StartupLine {

  /** What it is and where, a few words. */
  String text();
}
