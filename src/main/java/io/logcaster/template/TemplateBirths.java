package io.logcaster.template;

import java.time.Instant;
import java.util.List;

/**
 * The births of templates. Each template has one birth, whatever happens to the process: a birth is
 * durable before anyone is told of it, and a known template is never born again.
 *
 * <p>Templates that were already in the storage when the server first looked for them have no
 * birth: they are known, but were not new.
 *
 * <p>Thread-safe.
 */
public interface TemplateBirths {

  /**
   * The births that the server found in a range of its own time, oldest first: those with {@code
   * start <= learned < end}. A caller that remembers the {@code end} of its last call misses none
   * and gets none twice, over restarts too, if {@code end} is not in the future.
   */
  List<TemplateBirth> between(Instant start, Instant end);

  /**
   * The id that stands for a birth's now: another one once templates that differ in one word have
   * become one.
   */
  String current(String id);

  /**
   * When the server began to learn templates. Most programs show most of their templates within the
   * first hours, so births shortly after this say little.
   */
  Instant since();

  /**
   * Calls a listener for each new birth, after it is durable. A birth shortly before a crash may be
   * durable without its call; {@link #between} returns it.
   *
   * @return ends the calls
   */
  AutoCloseable subscribe(Listener listener);

  /** Receives births. Called on the thread that finds them: returns at once and never throws. */
  @FunctionalInterface
  interface Listener {

    void born(TemplateBirth birth);
  }
}
