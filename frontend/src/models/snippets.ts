import { t } from "../i18n";
import type { InputInfo } from "../api/types";
import { addressOf } from "./firstLine";

export interface Snippet {
  /** The shipper's name. */
  name: string;
  /** Where the text goes. */
  place: string;
  text: string;
}

interface Places {
  /** The server's base URL, without a trailing slash. */
  http: string;
  httpHost: string;
  httpPort: string;
  tls: boolean;
  tcp: { host: string; port: string } | undefined;
}

/** Configuration of each shipper for sending to this server. */
export function snippets(inputs: readonly InputInfo[], page: URL): Snippet[] {
  const http = new URL(".", page).href.replace(/\/$/, "");
  const tls = page.protocol === "https:";
  const places: Places = {
    http,
    httpHost: page.hostname,
    httpPort: page.port || (tls ? "443" : "80"),
    tls,
    tcp: addressOf(inputs, "tcp", page.hostname),
  };
  return [...(places.tcp ? overTcp(places.tcp) : []), ...overHttp(places)];
}

function overTcp({ host, port }: { host: string; port: string }): Snippet[] {
  return [
    {
      name: "rsyslog",
      place: "/etc/rsyslog.d/60-logcaster.conf",
      text: `*.* action(type="omfwd" target="${host}" port="${port}" protocol="tcp"
           template="RSYSLOG_SyslogProtocol23Format" TCP_Framing="octet-counted"
           queue.type="LinkedList" queue.filename="logcaster" queue.saveOnShutdown="on"
           action.resumeRetryCount="-1")`,
    },
    {
      name: "syslog-ng",
      place: "/etc/syslog-ng/conf.d/logcaster.conf",
      text: `destination d_logcaster {
  syslog("${host}" transport("tcp") port(${port}) disk-buffer(disk-buf-size(1073741824) reliable(yes)));
};
log { source(s_src); destination(d_logcaster); };`,
    },
    {
      name: "Fluentd",
      place: "fluent.conf",
      text: `<match **>
  @type forward
  require_ack_response true
  <server>
    host ${host}
    port ${port}
  </server>
</match>`,
    },
    {
      name: "Docker",
      place: t("the command line, or log-opts in daemon.json"),
      text: `docker run --log-driver syslog --log-opt syslog-address=tcp://${host}:${port} \\
  --log-opt syslog-format=rfc5424micro --log-opt tag="{{.Name}}" IMAGE`,
    },
    {
      name: t("Container log files"),
      place: t("shell on the node, with LogCaster's own command"),
      text: `logcaster send --follow --tcp ${host}:${port} /var/log/containers/*.log`,
    },
    {
      name: "Logback",
      place: t("logback.xml, with logstash-logback-encoder"),
      text: `<appender name="LOGCASTER" class="net.logstash.logback.appender.LogstashTcpSocketAppender">
  <destination>${host}:${port}</destination>
  <encoder class="net.logstash.logback.encoder.LogstashEncoder">
    <customFields>{"app":"my-app"}</customFields>
  </encoder>
</appender>`,
    },
  ];
}

function overHttp({ http, httpHost, httpPort, tls }: Places): Snippet[] {
  return [
    {
      name: "Fluent Bit",
      place: "fluent-bit.conf",
      text: `[OUTPUT]
    Name   http
    Match  *
    Host   ${httpHost}
    Port   ${httpPort}
    URI    /insert/jsonline?_stream_fields=host,app&_msg_field=log&_time_field=date
    Format json_lines
    json_date_format iso8601
    compress gzip
    tls    ${tls ? "on" : "off"}`,
    },
    {
      name: "Vector",
      place: "vector.yaml",
      text: `sinks:
  logcaster:
    type: elasticsearch
    inputs: [my_source]
    endpoints: ["${http}/insert/elasticsearch"]
    mode: bulk
    compression: gzip`,
    },
    {
      name: "Filebeat",
      place: "filebeat.yml",
      text: `output.elasticsearch:
  hosts: ["${http}/insert/elasticsearch"]
  compression_level: 3
setup.ilm.enabled: false
setup.template.enabled: false`,
    },
    {
      name: "Grafana Alloy",
      place: "config.alloy",
      text: `loki.write "logcaster" {
  endpoint {
    url = "${http}/loki/api/v1/push"
  }
}`,
    },
    {
      name: "OpenTelemetry Collector",
      place: "config.yaml",
      text: `exporters:
  otlphttp/logcaster:
    logs_endpoint: ${http}/v1/logs
    compression: gzip
service:
  pipelines:
    logs:
      receivers: [otlp]
      exporters: [otlphttp/logcaster]`,
    },
    {
      name: "Splunk HEC",
      place: t("any Splunk HEC client"),
      text: `curl ${http}/services/collector/event -H 'Authorization: Splunk any-token' \\
  -d '{"event":"hello","sourcetype":"demo","fields":{"app":"demo"}}'`,
    },
    {
      name: "Serilog",
      place: t("C#, or anything else that logs to Seq"),
      text: `Log.Logger = new LoggerConfiguration()
    .Enrich.WithProperty("Application", "my-app")
    .WriteTo.Seq("${http}")
    .CreateLogger();`,
    },
    {
      name: "Datadog Agent",
      place: "datadog.yaml",
      text: `logs_enabled: true
logs_config:
  logs_dd_url: ${http}
  force_use_http: true
  logs_no_ssl: ${tls ? "false" : "true"}`,
    },
    {
      name: "systemd journal",
      place: "/etc/systemd/journal-upload.conf",
      text: `[Upload]
URL=${http}`,
    },
    {
      name: "curl",
      place: t("shell: upload a file of JSON lines"),
      text: `curl -H 'Content-Type: application/x-ndjson' --data-binary @records.ndjson \\
  '${http}/api/v1/records?time_field=time&msg_field=message&stream_fields=host,app'`,
    },
  ];
}
