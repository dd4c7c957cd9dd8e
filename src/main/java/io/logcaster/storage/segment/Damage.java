package io.logcaster.storage.segment;

import io.logcaster.storage.segment.file.CorruptSegmentException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The damaged places found since the storage was opened, each listed once. Thread-safe. */
final class Damage {

  /** The maximum number of places: a failing disk can damage every block. */
  private static final int MAX_PLACES = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(Damage.class);

  private final Set<String> places = new LinkedHashSet<>();

  /** Records and logs a place that is not yet known. */
  synchronized void found(String place) {
    if (places.size() < MAX_PLACES && places.add(place)) {
      LOG.error("Damage found: {}", place);
    }
  }

  /** As {@link #found(String)}; what is only out of reach is no damage. */
  void found(CorruptSegmentException place) {
    if (place.isDamage()) {
      found(String.valueOf(place.getMessage()));
    } else {
      LOG.debug("Out of reach: {}", place.getMessage());
    }
  }

  synchronized List<String> all() {
    return List.copyOf(places);
  }
}
