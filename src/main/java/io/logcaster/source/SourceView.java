package io.logcaster.source;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A source as the API shows it.
 *
 * @param host absent when grouped by app
 * @param app absent when grouped by host
 * @param firstSeen when its first record arrived
 * @param lastSeen when its last record arrived
 * @param records how many records arrived
 * @param rate records per second, over about five minutes
 * @param errorShare which part of them has the level ERROR or FATAL, 0 to 1
 * @param usualSilenceSeconds how long it is usually silent; 0 while that is not known
 * @param quiet whether it has been silent for much longer than usual; a group is quiet if all of
 *     its sources with a rhythm are
 * @param node the name of the node that received it, where all are listed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SourceView(
    @Nullable String host,
    @Nullable String app,
    Instant firstSeen,
    Instant lastSeen,
    long records,
    double rate,
    double errorShare,
    long usualSilenceSeconds,
    boolean quiet,
    @Nullable String node) {

  SourceView on(String name) {
    return new SourceView(
        host,
        app,
        firstSeen,
        lastSeen,
        records,
        rate,
        errorShare,
        usualSilenceSeconds,
        quiet,
        name);
  }

  /** What makes a group. */
  enum By {
    HOST,
    APP,
    BOTH;

    SourceKey group(SourceKey key) {
      return switch (this) {
        case HOST -> new SourceKey(key.host(), "");
        case APP -> new SourceKey("", key.app());
        case BOTH -> key;
      };
    }
  }

  static SourceView of(SourceKey key, By by, List<Source> sources, long now, double quietFactor) {
    double rate = 0;
    double errors = 0;
    double weight = 0;
    long records = 0;
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    long usual = 0;
    boolean anyRhythm = false;
    boolean quiet = true;
    for (Source source : sources) {
      rate += source.rate(now);
      errors += source.errorRate(now);
      weight += source.rate(now);
      records += source.records();
      first = Math.min(first, source.firstSeen());
      last = Math.max(last, source.lastSeen());
      long silence = source.rhythm().usual();
      if (silence > 0) {
        anyRhythm = true;
        usual = (usual == 0) ? silence : Math.min(usual, silence);
        quiet &= source.isQuiet(now, quietFactor);
      } else {
        // Without a rhythm it says nothing, unless it has just been seen.
        quiet &= now - source.lastSeen() > 60_000;
      }
    }
    return new SourceView(
        (by == By.APP) ? null : key.host(),
        (by == By.HOST) ? null : key.app(),
        Instant.ofEpochMilli(first),
        Instant.ofEpochMilli(last),
        records,
        rounded(rate),
        (weight == 0) ? 0 : rounded(Math.min(1, errors / weight)),
        usual,
        anyRhythm && quiet,
        null);
  }

  private static double rounded(double value) {
    return Math.round(value * 10_000) / 10_000.0;
  }
}
