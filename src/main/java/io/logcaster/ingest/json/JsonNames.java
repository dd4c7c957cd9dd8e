package io.logcaster.ingest.json;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which names of a JSON object mean the parts of a record, each list in the order of precedence.
 *
 * <p>The time and the message are taken out of the fields. The names of the others stay fields as
 * they were sent, and fill {@code level}, {@code host} and {@code app} where those are absent.
 *
 * @param time names of the time
 * @param message names of the message
 * @param level names of the level
 * @param host names of the host
 * @param app names of the app
 */
public record JsonNames(
    List<String> time,
    List<String> message,
    List<String> level,
    List<String> host,
    List<String> app) {

  /**
   * Names that only some libraries use for the time: Serilog, Python's logging, Monolog, Log4j's
   * JSON layout (twice), loguru.
   */
  private static final List<String> RARE_TIMES =
      List.of(
          "@t",
          "asctime",
          "datetime",
          "timeMillis",
          JsonFields.EPOCH_SECOND,
          "record.time.timestamp");

  /**
   * Likewise for the message: Serilog, Logstash's first version, journald, loguru, structlog, and
   * what is left.
   */
  private static final List<String> RARE_MESSAGES =
      List.of("@m", "@mt", "@message", "MESSAGE", "record.message", "event", "text");

  /** The names that loggers and shippers use. */
  public static final JsonNames DEFAULT =
      new JsonNames(
          join(List.of("_time", "time", "timestamp", "@timestamp", "ts"), RARE_TIMES),
          join(List.of("_msg", "message", "msg", "log", "short_message"), RARE_MESSAGES),
          List.of(
              "level",
              "severity",
              "lvl",
              "log.level",
              "severity_text",
              "otel.log.severity.text",
              "levelname",
              "level_name",
              "log_level",
              "loglevel",
              "@l",
              "@fields.levelname",
              "@fields.level",
              "record.level.name"),
          List.of("host", "hostname", "host.name", "@source_host"),
          List.of("app", "app_name", "application", "service.name", "service_name", "job"));

  /**
   * The names in Splunk's events, where the event itself may be a text; Docker's driver calls the
   * message {@code line}.
   */
  public static final JsonNames SPLUNK =
      new JsonNames(
          DEFAULT.time(),
          List.of("event", "_msg", "message", "msg", "log", "line"),
          DEFAULT.level(),
          DEFAULT.host(),
          DEFAULT.app());

  /** The names of fields beside a time and a message that are given apart from them. */
  public static final JsonNames FIELDS =
      new JsonNames(List.of(), List.of(), DEFAULT.level(), DEFAULT.host(), DEFAULT.app());

  /** The names in a text inside a protocol that gives the time, the host and the app itself. */
  static final JsonNames INSIDE =
      new JsonNames(List.of(), DEFAULT.message(), DEFAULT.level(), List.of(), List.of());

  public JsonNames {
    time = List.copyOf(time);
    message = List.copyOf(message);
    level = List.copyOf(level);
    host = List.copyOf(host);
    app = List.copyOf(app);
  }

  /**
   * These names with others for the time and the message, as a request gives them.
   *
   * @param time replaces the names of the time but the built-in one; empty keeps them all
   * @param message likewise for the message
   */
  public JsonNames with(List<String> time, List<String> message) {
    return new JsonNames(
        with("_time", time, this.time), with("_msg", message, this.message), level, host, app);
  }

  /**
   * These names without the rarer ones and those that only fill {@code level}, {@code host} and
   * {@code app}: for a sender that names its stream fields itself, and gets back no field that it
   * did not send.
   */
  public JsonNames asSent() {
    return new JsonNames(
        without(time, RARE_TIMES),
        without(message, RARE_MESSAGES),
        List.of("level"),
        List.of("host"),
        List.of("app"));
  }

  private static List<String> without(List<String> names, List<String> others) {
    return names.stream().filter(name -> !others.contains(name)).toList();
  }

  private static List<String> join(List<String> names, List<String> others) {
    return Stream.concat(names.stream(), others.stream()).toList();
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
}
