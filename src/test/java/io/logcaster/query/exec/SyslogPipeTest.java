package io.logcaster.query.exec;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.query.Records;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The {@code unpack_syslog} pipe on lines of each format. */
class SyslogPipeTest {

  @Test
  void unpackSyslog_readsBothFormats() throws IOException {
    String line5424 = "<165>1 2026-01-02T03:04:05Z host app 12 ID [x@1 a=\"b\\]\"] hello there";
    assertThat(
            new Records()
                .add(Map.of("_msg", line5424))
                .rows(
                    "* | unpack_syslog | fields format, level, hostname, app_name, proc_id, msg_id,"
                        + " x@1.a, message"))
        .containsExactly(
            Map.of(
                "format",
                "rfc5424",
                "level",
                "notice",
                "hostname",
                "host",
                "app_name",
                "app",
                "proc_id",
                "12",
                "msg_id",
                "ID",
                "x@1.a",
                "b]",
                "message",
                "hello there"));
    String line3164 = "<34>Mar  3 22:14:15 mymachine su[7]: 'su root' failed";
    assertThat(
            new Records()
                .add(Map.of("_msg", line3164))
                .rows(
                    "* | unpack_syslog offset 2h | fields format, severity, timestamp, hostname,"
                        + " app_name, proc_id, message"))
        .containsExactly(
            Map.of(
                "format",
                "rfc3164",
                "severity",
                "2",
                "timestamp",
                "2026-03-03T20:14:15Z",
                "hostname",
                "mymachine",
                "app_name",
                "su",
                "proc_id",
                "7",
                "message",
                "'su root' failed"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      textBlock =
          """
          2025-03-05T00:09:58Z host app[12]: m             | 2025-03-05T00:09:58Z/host/app/12/m
          <13>2025-03-05T02:09:58.120+02:00 host app: m    | 2025-03-05T00:09:58.12Z/host/app//m
          2025-03-05T99:09:58Z host app: m                 | ////2025-03-05T99:09:58Z host app: m
          2025-03-05 host app: m                           | ////2025-03-05 host app: m
          """)
  void syslogLines_mayBeginWithAnIsoTime(String line, String expected) throws IOException {
    assertThat(
            new Records()
                .add(Map.of("_msg", line))
                .rows(
                    "* | unpack_syslog | fields timestamp, hostname, app_name, proc_id, message"
                        + " | format \"<timestamp>/<hostname>/<app_name>/<proc_id>/<message>\" as r"
                        + " | fields r"))
        .containsExactly(Map.of("r", expected));
  }
}
