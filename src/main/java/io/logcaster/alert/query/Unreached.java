package io.logcaster.alert.query;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The nodes and the object storage that did not answer the queries of an evaluation, so that the
 * values lack their records. Used by one thread.
 */
public final class Unreached implements Consumer<String> {

  private final Set<String> names = new LinkedHashSet<>();

  /** Adds one, with the reason. */
  @Override
  public void accept(String name) {
    names.add(name);
  }

  public boolean isEmpty() {
    return names.isEmpty();
  }

  /** What the status of a rule says. */
  public String trouble() {
    return "Records are missing, so that alerts may fire and end late: " + String.join("; ", names);
  }

  /**
   * Refuses values that lack records.
   *
   * @throws IOException if anything did not answer
   */
  public void check() throws IOException {
    if (!isEmpty()) {
      throw new IOException(trouble());
    }
  }
}
