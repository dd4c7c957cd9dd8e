package io.logcaster.storage.segment.file;

/**
 * Where the filter of a column's words lies, and whether its checksum was compared. Safe for use by
 * many threads at once: at worst some of them compare the checksum again.
 */
final class TokenFilter {

  private final Placement place;

  private volatile boolean verified;

  TokenFilter(Placement place) {
    this.place = place;
  }

  Placement place() {
    return place;
  }

  boolean isVerified() {
    return verified;
  }

  void setVerified() {
    verified = true;
  }
}
