package io.logcaster.system;

/**
 * A feature's part of the line that is printed when the server is ready: {@code TCP
 * 127.0.0.1:5140}. Beans of this type are called once, in bean order, after everything has started.
 */
@FunctionalInterface
public interface StartupLine {

  /** What was started and where, in a few words. */
  String text();
}
