package io.logcaster.ingest.json;

import io.logcaster.ingest.LevelScale;
import io.logcaster.ingest.json.NameMeaning.Part;
import io.logcaster.ingest.json.NameMeaning.Shape;
import io.logcaster.record.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The names in a JSON object that mean the parts of a record, each list in the order of precedence;
 * {@link KnownNames} lists those of loggers and shippers. A name wins only with a plausible value.
 *
 * <p>The time and the message are taken out of the fields. The names of the others stay fields as
 * they were sent, and fill {@code level}, {@code host} and {@code app} where those are absent.
 *
 * @param time names of the time
 * @param message names of the message
 * @param level names of the level
 * @param host names of the host
 * @param app names of the app
 * @param anyCase whether names match in any case; a name in the case of the list wins
 */
public record JsonNames(
    List<String> time,
    List<String> message,
    List<String> level,
    List<String> host,
    List<String> app,
    boolean anyCase) {

  /** The names that loggers and shippers use. */
  public static final JsonNames DEFAULT =
      new JsonNames(
          KnownNames.ALL_TIMES,
          KnownNames.ALL_MESSAGES,
          KnownNames.LEVELS,
          KnownNames.HOSTS,
          KnownNames.APPS,
          true);

  /**
   * The names in Splunk's events, where the event itself may be a text; Docker's driver calls the
   * message {@code line}.
   */
  public static final JsonNames SPLUNK =
      DEFAULT.withMessage(
          KnownNames.join(
              List.of("event", "_msg", "message", "msg", "log", "line"), KnownNames.ALL_MESSAGES));

  /** The names in Datadog's logs, whose agent calls the level {@code status}. */
  public static final JsonNames DATADOG =
      new JsonNames(
          DEFAULT.time(),
          DEFAULT.message(),
          KnownNames.DATADOG_LEVELS,
          DEFAULT.host(),
          DEFAULT.app(),
          true);

  /** The names in journald's entries, in which programs choose names in upper case as well. */
  public static final JsonNames JOURNAL =
      new JsonNames(
          List.of("__REALTIME_TIMESTAMP"),
          List.of("MESSAGE"),
          List.of("PRIORITY"),
          List.of("_HOSTNAME"),
          List.of("SYSLOG_IDENTIFIER", "_COMM"),
          false);

  /** The names of fields where the protocol gives the time and the message. */
  static final JsonNames FIELDS = DEFAULT.withTime(List.of()).withMessage(List.of());

  /** The names in a text whose protocol gives the time. */
  static final JsonNames WITHOUT_TIME = DEFAULT.withTime(List.of());

  /** The names in a text whose protocol gives the time, the host and the app. */
  static final JsonNames INSIDE =
      new JsonNames(
          List.of(), DEFAULT.message(), DEFAULT.level(), List.of(), List.of(), DEFAULT.anyCase());

  /** Shared by all connections. */
  private static final Map<JsonNames, Meanings> SHARED =
      Stream.of(DEFAULT, DEFAULT.asSent(), SPLUNK, DATADOG, JOURNAL, FIELDS, WITHOUT_TIME, INSIDE)
          .collect(Collectors.toUnmodifiableMap(Function.identity(), Meanings::new));

  public JsonNames {
    time = List.copyOf(time);
    message = List.copyOf(message);
    level = List.copyOf(level);
    host = List.copyOf(host);
    app = List.copyOf(app);
  }

  private JsonNames withTime(List<String> names) {
    return new JsonNames(names, message, level, host, app, anyCase);
  }

  private JsonNames withMessage(List<String> names) {
    return new JsonNames(time, names, level, host, app, anyCase);
  }

  /**
   * These names with others for the time and the message, as a request gives them.
   *
   * @param time replaces the names of the time except the built-in one; empty keeps them all
   * @param message likewise for the message
   */
  public JsonNames with(List<String> time, List<String> message) {
    return withTime(with(Field.TIME, time, this.time))
        .withMessage(with(Field.MESSAGE, message, this.message));
  }

  /**
   * These names without the rarer ones and those that only fill {@code level}, {@code host} and
   * {@code app}, and in their own case alone: for a sender that names its stream fields itself, and
   * gets back no field that it did not send.
   */
  public JsonNames asSent() {
    return new JsonNames(
        without(time, KnownNames.RARE_TIMES),
        without(without(message, KnownNames.RARE_MESSAGES), KnownNames.RENDERED),
        List.of("level"),
        List.of("host"),
        List.of("app"),
        false);
  }

  private static List<String> without(List<String> names, List<String> others) {
    return names.stream().filter((name) -> !others.contains(name)).toList();
  }

  private static List<String> with(String builtIn, List<String> given, List<String> known) {
    if (given.isEmpty()) {
      return known;
    }
    List<String> names = new ArrayList<>(given);
    names.remove(builtIn);
    names.add(builtIn);
    return names;
  }

  /** The meaning of each name. */
  Meanings meanings() {
    Meanings shared = SHARED.get(this);
    return (shared == null) ? new Meanings(this) : shared;
  }

  /** Looks up what names mean. Safe for use by many threads. */
  static final class Meanings {

    private static final NameMeaning DERIVED =
        new NameMeaning(Part.DERIVED, 0, 0, 0, LevelScale.ANY, true);

    private static final int LAST = 1_000;

    private final Map<String, NameMeaning> exact = new HashMap<>();
    private final Map<String, NameMeaning> anyCase = new HashMap<>();

    /** The meaning of a value without a name. */
    private final @Nullable NameMeaning noName;

    private Meanings(JsonNames names) {
      noName =
          names.message.isEmpty()
              ? null
              : new NameMeaning(Part.MESSAGE, LAST, 0, 0, LevelScale.ANY, true);
      if (names.anyCase) {
        KnownNames.SHOWS.forEach(
            (name, shape) ->
                anyCase.put(
                    name, new NameMeaning(Part.NONE, 0, 0, shape.bit(), LevelScale.ANY, true)));
      }
      add(Part.TIME, names.time, names.anyCase);
      add(Part.MESSAGE, names.message, names.anyCase);
      add(Part.LEVEL, names.level, names.anyCase);
      add(Part.HOST, names.host, names.anyCase);
      add(Part.APP, names.app, names.anyCase);
      exact.put(Field.STREAM, DERIVED);
      exact.put(Field.STREAM_ID, DERIVED);
    }

    private void add(Part part, List<String> names, boolean any) {
      for (int i = 0; i < names.size(); i++) {
        String name = names.get(i);
        boolean sure = i == 0 || !KnownNames.DOUBTFUL.contains(name);
        exact.putIfAbsent(name, meaning(part, name, 2 * i, sure));
        if (any && !KnownNames.ONLY_IN_THEIR_CASE.contains(name)) {
          boolean anyLevel = part != Part.LEVEL && sure;
          NameMeaning other = meaning(part, name, 2 * i + 1, anyLevel);
          anyCase.merge(
              name.toLowerCase(Locale.ROOT),
              other,
              (first, next) -> first.part() == Part.NONE ? next : first);
        }
      }
    }

    private static NameMeaning meaning(Part part, String name, int rank, boolean sure) {
      @Nullable Shape needs = KnownNames.NEEDS.get(name);
      @Nullable Shape shows = KnownNames.SHOWS.get(name.toLowerCase(Locale.ROOT));
      return new NameMeaning(
          part,
          rank,
          needs == null ? 0 : needs.bit(),
          shows == null ? 0 : shows.bit(),
          KnownNames.SCALES.getOrDefault(name, LevelScale.ANY),
          sure);
    }

    @Nullable NameMeaning ofNoName() {
      return noName;
    }

    /** What a name means; null for a plain field. */
    @Nullable NameMeaning of(String name) {
      NameMeaning own = exact.get(name);
      return (own != null || anyCase.isEmpty()) ? own : anyCase.get(name.toLowerCase(Locale.ROOT));
    }
  }
}
