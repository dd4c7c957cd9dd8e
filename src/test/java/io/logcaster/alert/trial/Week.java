package io.logcaster.alert.trial;

import io.logcaster.query.QueryEngine;
import io.logcaster.query.QueryLimits;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.RecordBatchBuilder;
import io.logcaster.storage.InMemoryLogStorage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;

/**
 * A week of records of three apps on three hosts, with the rhythm of the day and by chance, and the
 * day before it. Some things happen in it that somebody should be told of. The same in each run.
 */
final class Week {

  /** A Monday. */
  static final Instant START = Instant.parse("2026-03-02T00:00:00Z");

  static final Instant END = START.plus(Duration.ofDays(7));

  static final List<Event> EVENTS =
      List.of(
          new Event(Kind.ERRORS, "pay", "1T09:00", 4, 8),
          new Event(Kind.ERRORS, "shop", "3T02:30", 4, 8),
          new Event(Kind.ERRORS, "search", "5T18:20", 4, 8),
          new Event(Kind.ERROR_SHARE, "shop", "2T10:00", 30, 0.2),
          new Event(Kind.ERROR_SHARE, "search", "4T03:00", 40, 0.25),
          new Event(Kind.SILENCE, "web-2", "1T13:00", 25, 0),
          new Event(Kind.SILENCE, "web-3", "6T04:00", 30, 0),
          new Event(Kind.SURGE, "search", "2T04:00", 15, 5),
          new Event(Kind.SURGE, "shop", "5T11:00", 15, 4),
          new Event(Kind.DROP, "pay", "3T14:00", 60, 0.1),
          new Event(Kind.DROP, "search", "4T20:00", 60, 0.15));

  private static final List<String> APPS = List.of("shop", "pay", "search");
  private static final double[] PER_MINUTE = {9, 4, 7};
  private static final double ERROR_SHARE = 0.01;

  private Week() {}

  /** What happens. */
  enum Kind {
    /** Many more errors a minute. */
    ERRORS,
    /** A share of the records are errors. */
    ERROR_SHARE,
    /** A host sends nothing. */
    SILENCE,
    /** Several times as many records. */
    SURGE,
    /** A fraction of the records. */
    DROP
  }

  /**
   * Something that happens.
   *
   * @param who the app, or the host
   * @param when the day from 0 on, and the time
   * @param size how many, or how many times as many
   */
  record Event(Kind kind, String who, String when, int minutes, double size) {

    Instant start() {
      int day = Integer.parseInt(when.substring(0, 1));
      return START
          .plus(Duration.ofDays(day))
          .plus(Duration.ofHours(Integer.parseInt(when.substring(2, 4))))
          .plus(Duration.ofMinutes(Integer.parseInt(when.substring(5, 7))));
    }

    Instant end() {
      return start().plus(Duration.ofMinutes(minutes));
    }

    boolean covers(Instant time) {
      return !time.isBefore(start()) && time.isBefore(end());
    }
  }

  static QueryEngine engine() {
    Random random = new Random(11);
    InMemoryLogStorage storage = new InMemoryLogStorage(Long.MAX_VALUE);
    for (Instant day = START.minus(Duration.ofDays(1));
        day.isBefore(END);
        day = day.plus(Duration.ofDays(1))) {
      storage.append(day(day, random)).join();
    }
    return new QueryEngine(storage, Clock.fixed(END, ZoneOffset.UTC), QueryLimits.defaults());
  }

  private static RecordBatch day(Instant day, Random random) {
    RecordBatchBuilder builder = RecordBatch.builder(List.of("app"));
    int app = builder.column("app");
    int host = builder.column("host");
    int level = builder.column("level");
    for (int minute = 0; minute < 24 * 60; minute++) {
      Instant time = day.plus(Duration.ofMinutes(minute));
      for (int i = 0; i < APPS.size(); i++) {
        String name = APPS.get(i);
        double expected = PER_MINUTE[i] * rhythm(minute);
        double share = ERROR_SHARE;
        double errors = 0;
        for (Event event : EVENTS) {
          if (event.who().equals(name) && event.covers(time)) {
            switch (event.kind()) {
              case SURGE, DROP -> expected *= event.size();
              case ERROR_SHARE -> share = event.size();
              case ERRORS -> errors = event.size();
              case SILENCE -> {}
            }
          }
        }
        int plain = poisson(expected, random);
        int all = plain + poisson(errors, random);
        for (int j = 0; j < all; j++) {
          String machine = "web-" + (1 + random.nextInt(3));
          long nanos = random.nextInt(60_000) * 1_000_000L;
          boolean bad = j >= plain || random.nextDouble() < share;
          if (!isSilent(machine, time)) {
            builder.time(time.getEpochSecond() * 1_000_000_000L + nanos);
            builder.value(app, name);
            builder.value(host, machine);
            builder.value(level, bad ? "ERROR" : "INFO");
            builder.end();
          }
        }
      }
    }
    return builder.build();
  }

  private static boolean isSilent(String host, Instant time) {
    return EVENTS.stream().anyMatch((event) -> event.who().equals(host) && event.covers(time));
  }

  /** Least at four in the morning, most in the afternoon. */
  private static double rhythm(int minute) {
    return 0.7 - 0.45 * StrictMath.cos((minute / 60.0 - 4) * StrictMath.PI / 12);
  }

  private static int poisson(double mean, Random random) {
    double limit = StrictMath.exp(-mean);
    double product = random.nextDouble();
    int count = 0;
    while (product > limit) {
      count++;
      product *= random.nextDouble();
    }
    return mean == 0 ? 0 : count;
  }
}
