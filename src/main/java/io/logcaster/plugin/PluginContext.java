package io.logcaster.plugin;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/** What a plug-in gets from the server. */
public interface PluginContext {

  /** The identity of the sink, input or transform: letters, digits and hyphens. */
  String id();

  /** What the user has set. */
  PluginOptions options();

  /** A folder for files of its own, below the server's data; it may not exist yet. */
  Path directory();

  /** The limit of one attempt to reach something else. */
  Duration timeout();

  /** The current time. Tests set it. */
  Clock clock();

  /** Writes to the server's log, under the name of the plug-in. */
  System.Logger logger();
}
