package io.logcaster.source;

/**
 * How long a source is usually silent. A histogram of silences by powers of two seconds, in which
 * each counts with its length: the usual silence is the one that 90 % of the time is not longer
 * than. So a job that logs for a minute each hour is usually silent for an hour, and one outage in
 * a week of steady lines changes nothing. Old silences fade with a half-life of a week. Not
 * thread-safe.
 */
final class Rhythm {

  /** Up to 2^21 seconds: 24 days. */
  static final int BUCKETS = 22;

  private static final double HALF_LIFE_SECONDS = 7 * 86_400.0;

  private static final double USUAL = 0.9;

  /** So many silences make a rhythm. */
  private static final int ENOUGH = 3;

  private final float[] seconds;
  private int silences;

  Rhythm() {
    this(new float[BUCKETS], 0);
  }

  Rhythm(float[] seconds, int silences) {
    this.seconds = seconds;
    this.silences = silences;
  }

  /** Adds a silence. Shorter ones than a second are none. */
  void silence(double length) {
    if (length < 1) {
      return;
    }
    double fade = Math.pow(0.5, length / HALF_LIFE_SECONDS);
    for (int i = 0; i < BUCKETS; i++) {
      seconds[i] *= (float) fade;
    }
    seconds[bucket(length)] += (float) length;
    silences = Math.min(silences + 1, ENOUGH);
  }

  private static int bucket(double length) {
    return Math.min(BUCKETS - 1, 63 - Long.numberOfLeadingZeros((long) length));
  }

  /** The usual silence in seconds; 0 while there is no rhythm. */
  long usual() {
    if (silences < ENOUGH) {
      return 0;
    }
    double total = 0;
    for (float each : seconds) {
      total += each;
    }
    double sum = 0;
    for (int i = 0; i < BUCKETS; i++) {
      sum += seconds[i];
      if (sum >= total * USUAL) {
        return 2L << i;
      }
    }
    return 2L << (BUCKETS - 1);
  }

  /** The state as a text for {@link #parse}. */
  String text() {
    StringBuilder text = new StringBuilder().append(silences);
    for (float each : seconds) {
      text.append(' ').append(Math.round(each));
    }
    return text.toString();
  }

  static Rhythm parse(String text) {
    String[] parts = text.split(" ", -1);
    float[] seconds = new float[BUCKETS];
    for (int i = 0; i < BUCKETS && i + 1 < parts.length; i++) {
      seconds[i] = Float.parseFloat(parts[i + 1]);
    }
    return new Rhythm(seconds, Integer.parseInt(parts[0]));
  }
}
