package io.logcaster.plugin;

import java.time.Duration;

/** The checked options of a sink, an input or a transform, with the defaults of its plug-in. */
public interface PluginOptions {

  /** The value as a text; empty if it was not set and has no default. */
  String text(String name);

  /** A number; 0 if it was not set and has no default. */
  int number(String name);

  /** A flag; false if it was not set and has no default. */
  boolean flag(String name);

  /** A size in bytes; 0 if it was not set and has no default. */
  long bytes(String name);

  /** A duration; zero if it was not set and has no default. */
  Duration duration(String name);
}
