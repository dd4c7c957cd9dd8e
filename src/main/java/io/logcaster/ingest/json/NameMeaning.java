package io.logcaster.ingest.json;

import io.logcaster.ingest.LevelScale;

/**
 * The meaning of a field's name.
 *
 * @param part the part of the record that the field may be
 * @param rank the name's place in the order of that part; the lowest one wins
 * @param needs the {@link Shape}s of which the record must show one, as bits; 0 for any record
 * @param shows the shapes that the name itself shows, as bits
 * @param scale the scale of numbers, for a level
 * @param sure whether any value counts: for a level also an unknown text, for a message also a
 *     number, for a time a number as well as a text
 */
record NameMeaning(Part part, int rank, int needs, int shows, LevelScale scale, boolean sure) {

  /** The parts of a record. */
  enum Part {
    TIME,
    MESSAGE,
    LEVEL,
    HOST,
    APP,

    /** A plain field that shows the shape of the record. */
    NONE,

    /** Computed from other fields; the sender's value is ignored. */
    DERIVED
  }

  /** Programs whose records are recognised by their fields. */
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
