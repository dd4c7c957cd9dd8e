package io.logcaster.sink;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.logcaster.system.ProblemException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What happens to new records while a sink's queue is full. */
public enum WhenFull {
  /** The oldest records in the queue are dropped and counted. */
  DROP_OLDEST,
  /** New records are dropped and counted. */
  DROP_NEWEST,
  /**
   * Nothing is dropped: the write-ahead log keeps the rest. Its files then fill the disk up to the
   * minimum of free space, where the storage accepts no more records.
   */
  BLOCK;

  /** The name in the API: {@code drop-oldest}, {@code drop-newest}, {@code block}. */
  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Reads a name, in any case, with hyphens or underscores.
   *
   * @throws ProblemException 400 {@code invalid_property} if there is none of that name
   */
  @JsonCreator
  public static WhenFull of(@Nullable String name) {
    String upper = String.valueOf(name).strip().toUpperCase(Locale.ROOT).replace('-', '_');
    for (WhenFull one : values()) {
      if (one.name().equals(upper)) {
        return one;
      }
    }
    throw ProblemException.invalidProperty(
        "queue.whenFull", "must be one of drop-oldest drop-newest block");
  }
}
