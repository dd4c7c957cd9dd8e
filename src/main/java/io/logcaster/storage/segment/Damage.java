package io.logcaster.storage.segment;

import io.logcaster.storage.segment.file.CorruptSegmentException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was found damaged since the storage was opened, each place once. Safe for use by many
 * threads at once.
 */
final class Damage {

  /** A disk that fails can damage every block; so many places tell that. */
  private static final int MAX_PLACES = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(Damage.class);

  private final Set<String> places = new LinkedHashSet<>();

  /** Notes and logs a place that was not known. */
  synchronized void found(String place) {
    if (places.size() < MAX_PLACES && places.add(place)) {
      LOG.error("Damage found: {}", place);
    }
  }

  void found(CorruptSegmentException place) {
    found(String.valueOf(place.getMessage()));
  }

  synchronized List<String> all() {
    return List.copyOf(places);
  }
}
