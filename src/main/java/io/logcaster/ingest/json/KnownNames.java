package io.logcaster.ingest.json;

import io.logcaster.ingest.LevelScale;
import io.logcaster.ingest.json.NameMeaning.Shape;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The names that programs give to the time, message, level, host and app of a record, each list in
 * the order of precedence. To support another logger, add its names here; {@code
 * src/docs/shippers.md} shows them to users.
 */
final class KnownNames {

  /** Log4j writes its instant as two numbers; the other one is {@code instant.nanoOfSecond}. */
  static final String EPOCH_SECOND = "instant.epochSecond";

  private static final List<String> TIMES =
      List.of("_time", "time", "timestamp", "@timestamp", "ts");

  /**
   * Serilog, Python's logging, Monolog, ClickHouse, Log4j (twice), loguru, journald, nxlog and
   * CloudTrail, nginx, MongoDB, zap, Grafana, Fluent Bit, syslog-ng, rsyslog, Okta, Kubernetes'
   * audit, Azure, Traefik, Envoy, osquery, Cloudflare.
   */
  static final List<String> RARE_TIMES =
      List.of(
          "@t",
          "asctime",
          "datetime",
          "date_time",
          "timeMillis",
          EPOCH_SECOND,
          "record.time.timestamp",
          "__REALTIME_TIMESTAMP",
          "eventTime",
          "event_time",
          "time_iso8601",
          "time_local",
          "t.$date",
          "T",
          "t",
          "date",
          "log_time",
          "logtime",
          "log_timestamp",
          "isodate",
          "timereported",
          "timegenerated",
          "published",
          "stageTimestamp",
          "requestReceivedTimestamp",
          "TimeGenerated",
          "eventTimestamp",
          "createdDateTime",
          "CreationTime",
          "StartUTC",
          "start_time",
          "unixTime",
          "EdgeStartTimestamp",
          "receiveTimestamp",
          "EventReceivedTime");

  private static final List<String> MESSAGES =
      List.of("_msg", "message", "msg", "log", "short_message");

  /** Names of the text with its values put in, of loggers that give the template as well. */
  static final List<String> RENDERED = List.of("RenderedMessage", "formattedMessage", "@m");

  /**
   * Hashicorp's hclog, journald, Rust's tracing, loguru, Cloud Logging (three times), Serilog
   * (twice), zap, Falco, Azure (twice), Okta, structlog, and what is left.
   */
  static final List<String> RARE_MESSAGES =
      List.of(
          "@message",
          "MESSAGE",
          "fields.message",
          "record.message",
          "textPayload",
          "jsonPayload.message",
          "jsonPayload.msg",
          "protoPayload.status.message",
          "@mt",
          "MessageTemplate",
          "M",
          "output",
          "properties.message",
          "resultDescription",
          "displayMessage",
          "log_message",
          "logmessage",
          "event",
          "text",
          "body");

  static final List<String> ALL_TIMES = join(TIMES, RARE_TIMES);

  static final List<String> ALL_MESSAGES =
      join(join(List.of("_msg"), RENDERED), join(MESSAGES, RARE_MESSAGES));

  /** Names of levels that count only with a known level. */
  private static final List<String> DOUBTFUL_LEVELS =
      List.of(
          "error_severity",
          "jsonPayload.level",
          "jsonPayload.severity",
          "properties.level",
          "sev",
          "syslogseverity-text",
          "PRIORITY",
          "priority",
          "syslogseverity",
          "severity_number",
          "severityNumber",
          "severityLevel",
          "levelno",
          "level_number",
          "L",
          "s",
          "label");

  static final List<String> LEVELS =
      join(
          List.of(
              "level",
              "severity",
              "lvl",
              "log.level",
              "severity_text",
              "SeverityText",
              "otel.log.severity.text",
              "levelname",
              "level_name",
              "log_level",
              "loglevel",
              "@l",
              "@level",
              "@fields.levelname",
              "@fields.level",
              "record.level.name"),
          DOUBTFUL_LEVELS);

  /** Datadog's agent calls the level {@code status}, as others call numbers of HTTP. */
  static final List<String> DATADOG_LEVELS = join(List.of("level", "status"), LEVELS);

  static final List<String> HOSTS =
      List.of(
          "host",
          "hostname",
          "host.name",
          "@source_host",
          "_HOSTNAME",
          "host_name",
          "MachineName",
          "Properties.MachineName",
          "computer",
          "computerName",
          "hostIdentifier");

  static final List<String> APPS =
      List.of(
          "app",
          "app_name",
          "application",
          "service.name",
          "service_name",
          "job",
          "appname",
          "applicationName",
          "SYSLOG_IDENTIFIER",
          "programname",
          "program",
          "SourceName",
          "service",
          "_COMM");

  /**
   * Names that also mean other things, so that the value decides. As a time, a number counts after
   * all times that are texts, because it may be a duration. As a level, only a known level counts.
   * As a message, a number does not count.
   */
  static final Set<String> DOUBTFUL =
      Set.copyOf(
          join(
              List.of(
                  "time",
                  "ts",
                  "t",
                  "T",
                  "date",
                  "start_time",
                  "event",
                  "text",
                  "body",
                  "output",
                  "M",
                  "log_message",
                  "logmessage",
                  "loglevel",
                  "@l",
                  "@level",
                  "status"),
              DOUBTFUL_LEVELS));

  /** Names that count only in this case, because in another case they mean something else. */
  static final Set<String> ONLY_IN_THEIR_CASE =
      Set.of("M", "L", "s", "PRIORITY", "_COMM", "_HOSTNAME", "__REALTIME_TIMESTAMP");

  /** Names that are too short or too common, and the shape that a record must have for them. */
  static final Map<String, Shape> NEEDS =
      Map.of(
          "M",
          Shape.ZAP,
          "L",
          Shape.ZAP,
          "s",
          Shape.MONGO,
          "label",
          Shape.MYSQL,
          "output",
          Shape.FALCO);

  /** The shape that a record with a name has, by the name in lower case. */
  static final Map<String, Shape> SHOWS =
      Map.ofEntries(
          Map.entry("@t", Shape.CLEF),
          Map.entry("stream", Shape.DOCKER),
          Map.entry("rule", Shape.FALCO),
          Map.entry("t.$date", Shape.MONGO),
          Map.entry("channel", Shape.MONOLOG),
          Map.entry("prio", Shape.MYSQL),
          Map.entry("reqid", Shape.NEXTCLOUD),
          Map.entry("computer", Shape.WINDOWS),
          Map.entry("providername", Shape.WINDOWS),
          Map.entry("t", Shape.ZAP));

  /** The scale of numbers, by the name of the level. */
  static final Map<String, LevelScale> SCALES =
      Map.ofEntries(
          Map.entry("PRIORITY", LevelScale.SYSLOG),
          Map.entry("priority", LevelScale.NONE),
          Map.entry("syslogseverity", LevelScale.SYSLOG),
          Map.entry("severity_number", LevelScale.OTEL),
          Map.entry("severityNumber", LevelScale.OTEL),
          Map.entry("severityLevel", LevelScale.NEXTCLOUD),
          Map.entry("loglevel", LevelScale.DOT_NET),
          Map.entry("levelno", LevelScale.PYTHON),
          Map.entry("level_number", LevelScale.PYTHON));

  private KnownNames() {}

  /** The names of both lists, each once. */
  static List<String> join(List<String> first, List<String> second) {
    return Stream.concat(first.stream(), second.stream()).distinct().toList();
  }
}
