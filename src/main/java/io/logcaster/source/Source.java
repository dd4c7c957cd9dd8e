package io.logcaster.source;

/** What is known of a host and an app. Times are milliseconds since the epoch. Not thread-safe. */
final class Source {

  /** Rates fade with this time, in seconds: an average of about the last five minutes. */
  private static final double FADE_SECONDS = 300;

  private final SourceKey key;
  private long firstSeen;
  private long lastSeen;
  private long records;

  /** Records and errors per second, as of the last time it was seen. */
  private double rate;

  private double errorRate;
  private final Rhythm rhythm;

  /** When the server came back after it was last seen; 0 if it was never away since. */
  private long watchedAgain;

  Source(SourceKey key, long now) {
    this(key, now, now, 0, 0, 0, new Rhythm());
  }

  Source(
      SourceKey key,
      long firstSeen,
      long lastSeen,
      long records,
      double rate,
      double errorRate,
      Rhythm rhythm) {
    this.key = key;
    this.firstSeen = firstSeen;
    this.lastSeen = lastSeen;
    this.records = records;
    this.rate = rate;
    this.errorRate = errorRate;
    this.rhythm = rhythm;
  }

  /** Counts records that arrived. */
  void arrived(long count, long errors, long now) {
    double seconds = Math.max(0, now - lastSeen) / 1e3;
    double fade = Math.exp(-seconds / FADE_SECONDS);
    rate = rate * fade + count / FADE_SECONDS;
    errorRate = errorRate * fade + errors / FADE_SECONDS;
    if (watchedAgain == 0) {
      rhythm.silence(seconds);
    }
    watchedAgain = 0;
    records += count;
    lastSeen = Math.max(lastSeen, now);
  }

  /** Says that the server was away until now: who knows what the source did. */
  void watchedAgain(long now) {
    watchedAgain = now;
  }

  SourceKey key() {
    return key;
  }

  long firstSeen() {
    return firstSeen;
  }

  long lastSeen() {
    return lastSeen;
  }

  long records() {
    return records;
  }

  double rate() {
    return rate;
  }

  double errorRate() {
    return errorRate;
  }

  Rhythm rhythm() {
    return rhythm;
  }

  /** Records per second, lower the longer it is silent. */
  double rate(long now) {
    return rate * fade(now);
  }

  double errorRate(long now) {
    return errorRate * fade(now);
  }

  private double fade(long now) {
    return Math.exp(-Math.max(0, now - lastSeen) / 1e3 / FADE_SECONDS);
  }

  /** Whether it is silent for much longer than usual. */
  boolean isQuiet(long now, double factor) {
    long usual = rhythm.usual();
    return usual > 0
        && now - Math.max(lastSeen, watchedAgain) > Math.max(60_000, usual * 1_000 * factor);
  }
}
