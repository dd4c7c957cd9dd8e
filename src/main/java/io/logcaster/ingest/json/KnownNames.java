package io.logcaster.ingest.json;

import io.logcaster.ingest.LevelScale;
import io.logcaster.ingest.json.Meaning.Shape;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The names by which programs call the parts of a record, each list in the order of precedence.
 * {@code src/docs/shippers.md} shows them to users.
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

  /** Of loggers that give the text with its values put in as well as without. */
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

  static final List<String> LEVELS =
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
          "record.level.name",
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
   * Names whose values say whether they mean what they may: numbers under these names may be a
   * duration and count after all times that are texts, texts are no levels unless they are known,
   * and numbers are no messages.
   */
  static final Set<String> DOUBTFUL =
      Set.of(
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

  /** In another case these are other names. */
  static final Set<String> ONLY_IN_THEIR_CASE =
      Set.of("M", "L", "s", "PRIORITY", "_COMM", "_HOSTNAME", "__REALTIME_TIMESTAMP");

  /** Which shape must be seen for a name to count that is too short or too common by itself. */
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

  /** Which shape names show, in lower case. */
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

  /** What numbers mean under these names. */
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
