package io.logcaster.storage.segment.file;

/**
 * The place of the filter of a column's words, and whether its checksum was verified. Thread-safe:
 * at worst several threads verify the checksum.
 */
final class TokenFilter {

  private final Placement place;

  private final MappedPages.Lookups lookups;

  private volatile boolean verified;

  TokenFilter(Placement place) {
    this.place = place;
    lookups = new MappedPages.Lookups(place.length());
  }

  Placement place() {
    return place;
  }

  /** Counts the lookups. */
  MappedPages.Lookups lookups() {
    return lookups;
  }

  boolean isVerified() {
    return verified;
  }

  void setVerified() {
    verified = true;
  }
}
