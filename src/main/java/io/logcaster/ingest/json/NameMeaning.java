package io.logcaster.ingest.json;

import io.logcaster.ingest.LevelScale;

/**
 * What a name in a record means.
 *
 * @param part which part of the record it may be
 * @param rank its place among the names of that part; the lowest one wins
 * @param needs the {@link Shape}s of which one must be seen beside it, as bits; 0 for none
 * @param shows the shapes that the name itself shows, as bits
 * @param scale what numbers mean, for a level
 * @param sure whether any value counts: of a level also an unknown text, of a message also a
 *     number, of a time a number as well as a text
 */
record NameMeaning(Part part, int rank, int needs, int shows, LevelScale scale, boolean sure) {

  /** The parts of a record. */
  enum Part {
    TIME,
    MESSAGE,
    LEVEL,
    HOST,
    APP,

    /** A plain field that tells whose record it is. */
    NONE,

    /** Computed from other fields, so that what a sender says is ignored. */
    DERIVED
  }

  /** Whose records are told from others by their fields. */
  enum Shape {
    /** Serilog's compact format, in which no level is Information. */
    CLEF(1 << 0),
    DOCKER(1 << 1),
    FALCO(1 << 2),
    MONGO(1 << 3),
    MONOLOG(1 << 4),
    MYSQL(1 << 5),
    NEXTCLOUD(1 << 6),
    WINDOWS(1 << 7),
    ZAP(1 << 8);

    private final int bit;

    Shape(int bit) {
      this.bit = bit;
    }

    int bit() {
      return bit;
    }
  }

  boolean isShown(int shapes) {
    return needs == 0 || (needs & shapes) != 0;
  }
}
