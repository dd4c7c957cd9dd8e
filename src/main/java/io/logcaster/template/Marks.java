package io.logcaster.template;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The marks that people and deploy scripts have set. Thread-safe. */
public interface Marks {

  /** The mark with an id. */
  Optional<Mark> find(long id);

  /** The latest mark by its time that is not after a moment. */
  Optional<Mark> last(Instant until);

  /** The marks with {@code start <= time < end}, oldest first. */
  List<Mark> between(Instant start, Instant end);
}
