package io.logcaster.ingest.http;

import io.logcaster.ingest.journal.JournalCursor;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Remembers how much of an upload is stored, by the cursor of its first entry. A sender whose
 * upload broke off, or whose answer was lost, begins again with the same entry. Thread-safe.
 */
final class ResumedUploads {

  /** More machines than fail at the same time; one takes some 300 bytes. */
  private static final int MOST = 1_000;

  private final Map<String, JournalCursor> lastByFirst =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, JournalCursor> eldest) {
          return size() > MOST;
        }
      };

  /** The last entry that is stored of an upload that began with an entry; null if none is. */
  synchronized @Nullable JournalCursor lastOf(String first) {
    return lastByFirst.get(first);
  }

  /** Takes note that an upload is stored up to an entry. */
  synchronized void stored(String first, JournalCursor last) {
    if (!first.isEmpty()) {
      lastByFirst.put(first, last);
    }
  }
}
