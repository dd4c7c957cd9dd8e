package io.logcaster.ingest.syslog;

import static io.logcaster.ingest.text.Decoding.decode;
import static io.logcaster.ingest.text.Decoding.fields;
import static io.logcaster.ingest.text.Decoding.line;
import static io.logcaster.ingest.text.Decoding.map;
import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.ingest.text.Decoding;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SyslogParserTest {

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      textBlock =
          """
          <34>1 2026-11-21T08:00:00.003Z web1 su 42 ID47 - failed for x => _time=2026-11-21T08:00:00.003Z; host=web1; app=su; proc_id=42; msg_id=ID47; facility=auth; level=ERROR; level_original=crit; _msg=failed for x
          <165>1 2026-11-21T08:00:00+09:00 h a - - - m => _time=2026-11-20T23:00:00Z; host=h; app=a; facility=local4; level=INFO; level_original=notice; _msg=m
          <14>1 - - - - - - m => facility=user; level=INFO; _msg=m
          <14>1 - h a - - - => facility=user; level=INFO; host=h; app=a
          <15>1 - h a - - [x@1 a="1" b="two words"][y c="\\"q\\" \\\\ \\] \\n"] m => facility=user; level=DEBUG; host=h; app=a; x@1.a=1; x@1.b=two words; y.c="q" \\ ] \\n; _msg=m
          <11>1 - h a - - [empty@1] m => facility=user; level=ERROR; host=h; app=a; _msg=m
          <11>1 - h a - - [main] m => facility=user; level=ERROR; host=h; app=a; _msg=[main] m
          <11>1 - h a - - [x@1 ip="1" n="2" ip="3"][y ip="4"] m => facility=user; level=ERROR; host=h; app=a; x@1.ip=["1","3"]; x@1.n=2; y.ip=4; _msg=m
          <8>1 - h a - - - m => facility=user; level=FATAL; level_original=emerg; host=h; app=a; _msg=m
          <191>1 - h a - - - m => facility=local7; level=DEBUG; host=h; app=a; _msg=m
          <12>1 - h a - - - [not data] m => facility=user; level=WARN; host=h; app=a; _msg=[not data] m
          """)
  void rfc5424_isParsed(String line, String fields) {
    assertThat(line(line)).isEqualTo(map(fields));
  }

  /** As Go's logrus writes to syslog, and journals of containers are full of. */
  @Test
  void logfmtInside_addsItsFields_butNotTimeAndOrigin() {
    assertThat(
            line(
                "<13>Nov 21 09:00:00 web1 shop[42]: time=\"2026-11-20T00:00:00Z\" level=warning"
                    + " msg=\"a \\\"b\\\"\\nc\" host=other"))
        .isEqualTo(
            map(
                "_time=2026-11-21T09:00:00Z; host=other; app=shop; proc_id=42; facility=user;"
                    + " level=WARN; _msg=a \"b\"\nc; time=2026-11-20T00:00:00Z"));
    assertThat(line("<13>level=info a=b")).containsEntry("_msg", "level=info a=b");
    assertThat(line("<13>msg=x a=b")).containsEntry("_msg", "msg=x a=b");
  }

  @Test
  void rfc5424_byteOrderMark_isRemoved() {
    assertThat(line("<14>1 - h a - - - \uFEFFÜber")).containsEntry("_msg", "Über");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      textBlock =
          """
          <13>Nov 21 09:00:00 web1 sshd[42]: hello: world => _time=2026-11-21T09:00:00Z; host=web1; app=sshd; proc_id=42; _msg=hello: world
          <13>Nov  1 09:00:00 web1 kernel: hello => _time=2026-11-01T09:00:00Z; host=web1; app=kernel; _msg=hello
          <13>Dec 10 06:55:46 web1 app: last year => _time=2025-12-10T06:55:46Z; host=web1; app=app; _msg=last year
          <13>Nov 21 09:00:00.123456 web1 app: fraction => _time=2026-11-21T09:00:00.123456Z; host=web1; app=app; _msg=fraction
          <13>2026-11-21T09:00:00.5+01:00 web1 app[1]: rsyslog => _time=2026-11-21T08:00:00.5Z; host=web1; app=app; proc_id=1; _msg=rsyslog
          <13> 2026-11-21T09:00:00Z web1 app[1]: Go's srslog => _time=2026-11-21T09:00:00Z; host=web1; app=app; proc_id=1; _msg=Go's srslog
          <13>2026-11-21T09:00:00+01:00 web1 app[1] no colon => _time=2026-11-21T08:00:00Z; host=web1; app=app; proc_id=1; _msg=no colon
          <13>Nov 21 09:00:00 app[7]: no host => _time=2026-11-21T09:00:00Z; app=app; proc_id=7; _msg=no host
          <13>Nov 21 09:00:00 app: no host => _time=2026-11-21T09:00:00Z; app=app; _msg=no host
          <13>Nov 21 09:00:00 web1 sshd(pam_unix)[9]: m => _time=2026-11-21T09:00:00Z; host=web1; app=sshd(pam_unix); proc_id=9; _msg=m
          <13>Nov 21 2024 09:00:00 fw1 : %ASA-6-302013: Built => _time=2024-11-21T09:00:00Z; host=fw1; _msg=%ASA-6-302013: Built
          <13>Nov 21 2024 09:00:00 fw1: %ASA-6-302013: Built => _time=2024-11-21T09:00:00Z; host=fw1; _msg=%ASA-6-302013: Built
          <13>Nov 21 2024 09:00:00: %ASA-6-302013: Built => _time=2024-11-21T09:00:00Z; _msg=%ASA-6-302013: Built
          <13>:Nov 21 09:00:00 UTC: %ASA-session-6-302013: Built => _time=2026-11-21T09:00:00Z; _msg=%ASA-session-6-302013: Built
          <13>%ASA-6-302013: Built => _msg=%ASA-6-302013: Built
          <13>2361044: router1: Nov 21 2026 10:00:00.398 CET: %FOO-6-BAR: up => _time=2026-11-21T09:00:00.398Z; host=router1; sequence=2361044; _msg=%FOO-6-BAR: up
          <13>123: 000045: *Nov 21 09:00:00.663: %SYS-5-CONFIG_I: up => _time=2026-11-21T09:00:00.663Z; sequence=000045; _msg=%SYS-5-CONFIG_I: up
          <13>45: *Nov 21 09:00:00.663 UTC: %SYS-5-CONFIG_I: up => _time=2026-11-21T09:00:00.663Z; sequence=45; _msg=%SYS-5-CONFIG_I: up
          <13>45: 1w2d: %SYS-5-RESTART: up => sequence=45; uptime=1w2d; _msg=%SYS-5-RESTART: up
          <13>45: 00:00:12: %SYS-5-RESTART: up => sequence=45; uptime=00:00:12; _msg=%SYS-5-RESTART: up
          <13>: 2026 Nov 21 10:00:00 CET: %ETHPORT-5-IF_UP: up => _time=2026-11-21T09:00:00Z; _msg=%ETHPORT-5-IF_UP: up
          <13>12: RP/0/RSP0/CPU0:Nov 21 09:00:00.123 UTC: config[65710]: %MGBL-SYS-5-X : m => _time=2026-11-21T09:00:00.123Z; host=RP/0/RSP0/CPU0; sequence=12; app=config; proc_id=65710; _msg=%MGBL-SYS-5-X : m
          <13>12: not Cisco => _msg=12: not Cisco
          <13>Nov 21 09:00:00 Message forwarded from aix1: sshd[7]: opened => _time=2026-11-21T09:00:00Z; host=aix1; app=sshd; proc_id=7; _msg=opened
          <13>Nov 21 09:00:00 last message repeated 2 times => _time=2026-11-21T09:00:00Z; _msg=last message repeated 2 times
          <13>Nov 21 09:00:00 web1 last message repeated 2 times => _time=2026-11-21T09:00:00Z; host=web1; _msg=last message repeated 2 times
          <13>Nov 21 09:00:00 sun1 sshd[42]: [ID 800047 auth.info] opened => _time=2026-11-21T09:00:00Z; host=sun1; app=sshd; proc_id=42; msg_id=800047; _msg=opened
          <13>2026-11-21 10:00:00 +0100 web1 app: blank date => _time=2026-11-21T09:00:00Z; host=web1; app=app; _msg=blank date
          <13>Nov 21 10:00:00 CET web1 app: zone => _time=2026-11-21T09:00:00Z; host=web1; app=app; _msg=zone
          <13>2026:11:21-09:00:00 utm ulogd[42]: id="2001" => _time=2026-11-21T09:00:00Z; host=utm; app=ulogd; proc_id=42; _msg=id="2001"
          <13>date=2026-11-21 time=10:00:00 devname="fw1" tz="+0100" type="traffic" => _time=2026-11-21T09:00:00Z; host=fw1; _msg=date=2026-11-21 time=10:00:00 devname="fw1" tz="+0100" type="traffic"
          <13>date=2026-11-21 time=10:00:00 devname="fw1" eventtime=1795251600123456789 tz="+0100" x=y => _time=2026-11-21T09:00:00.123456789Z; host=fw1; _msg=date=2026-11-21 time=10:00:00 devname="fw1" eventtime=1795251600123456789 tz="+0100" x=y
          <13>device="SFW" date=2026-11-21 time=10:00:00 timezone="CET" device_name="xg" x=y => _time=2026-11-21T09:00:00Z; host=xg; _msg=device="SFW" date=2026-11-21 time=10:00:00 timezone="CET" device_name="xg" x=y
          <13>1,2026/11/21 09:00:00,0011C1,TRAFFIC,end => _time=2026-11-21T09:00:00Z; _msg=1,2026/11/21 09:00:00,0011C1,TRAFFIC,end
          <13>Nov 21 09:00:00 web1 app[7]: @cee: {"a":1,"msg":"m"} => _time=2026-11-21T09:00:00Z; host=web1; app=app; proc_id=7; a=1; _msg=m
          <13>Nov 21 09:00:00 web1 app[7]: @cee:{"a":1} => _time=2026-11-21T09:00:00Z; host=web1; app=app; proc_id=7; a=1
          <13>Nov 21 09:00:00 web1 app[7]: @cee: {broken => _time=2026-11-21T09:00:00Z; host=web1; app=app; proc_id=7; _msg=@cee: {broken
          <13>just text, as Python sends it => _msg=just text, as Python sends it
          <13>Feb 30 09:00:00 web1 app: no such day => _msg=Feb 30 09:00:00 web1 app: no such day
          <13>Feb 29 09:00:00 web1 app: leap => _time=2024-02-29T09:00:00Z; host=web1; app=app; _msg=leap
          <13>Nov 21 09:00:00 fe80::1 app: v6 => _time=2026-11-21T09:00:00Z; host=fe80::1; app=app; _msg=v6
          <13>Nov 21 09:00:00 fe80:: app: v6 => _time=2026-11-21T09:00:00Z; host=fe80::; app=app; _msg=v6
          <13>Nov 21 09:00:00 [web1] app: m => _time=2026-11-21T09:00:00Z; host=[web1]; app=app; _msg=m
          <13>date=2026-13-41 time=10:00:00 devname="fw1" tz="+0100" => _msg=date=2026-13-41 time=10:00:00 devname="fw1" tz="+0100"
          <13>date=xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx time=10:00:00 a=b => _msg=date=xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx time=10:00:00 a=b
          <13>date=2026-11-21 time=10:00:00 timestamp=1795251600 tz="+0300" => _time=2026-11-21T09:00:00Z; _msg=date=2026-11-21 time=10:00:00 timestamp=1795251600 tz="+0300"
          <13>date=2026-11-21 time=10:00:00 devname= tz="+0100" => _time=2026-11-21T09:00:00Z; _msg=date=2026-11-21 time=10:00:00 devname= tz="+0100"
          """)
  void rfc3164_isParsed(String line, String fields) {
    var expected = map(fields);
    expected.put("level", "INFO");
    expected.put("level_original", "notice");
    expected.put("facility", "user");
    assertThat(line(line)).isEqualTo(expected);
  }

  @Test
  void timeWithoutZone_isInTheConfiguredZone_evenAcrossOffsetChanges() {
    String text = "<13>Oct 25 00:30:00 h a: m\n<13>Oct 25 12:00:00 h a: m\n";
    var records =
        Decoding.decode(text.getBytes(StandardCharsets.US_ASCII), 1024, ZoneId.of("Europe/Berlin"));
    assertThat(records)
        .extracting((record) -> fields(record).get("_time"))
        .containsExactly("2026-10-24T22:30:00Z", "2026-10-25T11:00:00Z");
  }

  /** As senders write it that know the standard only roughly. */
  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      textBlock =
          """
          <14>1 2026-11-21T09:00:00.123456+00:00 host-3 heroku router - at=info method=GET => _time=2026-11-21T09:00:00.123456Z; host=host-3; app=heroku; proc_id=router; _msg=at=info method=GET
          <14>1 2026-11-21T09:00:00Z h docker 42 docker text => _time=2026-11-21T09:00:00Z; host=h; app=docker; proc_id=42; msg_id=docker; _msg=text
          <14>1 1795251600.426960608 MX-Lab urls src=192.0.2.7:53347 => _time=2026-11-21T09:00:00.426960608Z; host=MX-Lab; _msg=urls src=192.0.2.7:53347
          <14>1 - h a - - [x a=1 b=two c="3"] m => host=h; app=a; x.a=1; x.b=two; x.c=3; _msg=m
          <14>1 - h a - - [x a="1" m => host=h; app=a; x.a=1; _msg=[x a="1" m
          <14>1 - h a - - [x a="1"][y b="2 m => host=h; app=a; x.a=1; _msg=[y b="2 m
          <14>1 - h a - - [x a="1"]m => host=h; app=a; x.a=1; _msg=m
          <14>1 - h a - - -none => host=h; app=a; _msg=-none
          <14>1 - h a - - none => host=h; app=a; _msg=none
          <14>1  -  h  a - -  - m => host=h; app=a; _msg=m
          <14>1 - h => host=h
          <14>1 - => level=INFO
          <14>1 2026-11-21 10:00:00 +0100 h a - - - m => _time=2026-11-21T09:00:00Z; host=h; app=a; _msg=m
          <14>1 Nov 21 09:00:00 h a[1]: m => _time=2026-11-21T09:00:00Z; host=h; app=a; proc_id=1; _msg=m
          <14>1 yesterday h a - - - m => _msg=yesterday h a - - - m; _parse_error=syslog: not an RFC 5424 time
          <14>1 - h a - - [{"a":1}] => host=h; app=a; _msg=[{"a":1}]
          """)
  void rfc5424_partlyInvalid_keepsTheValidPart(String line, String fields) {
    var expected = map(fields);
    expected.put("level", "INFO");
    expected.put("facility", "user");
    assertThat(line(line)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      textBlock =
          """
          <192>1 - h a - - - m => syslog: priority above 191
          <x>hello => syslog: no priority
          """)
  void invalidSyslog_isKeptAsALineWithAReason(String line, String reason) {
    assertThat(line(line)).isEqualTo(map("_msg=" + line + "; _parse_error=" + reason));
  }

  @Test
  void octetCounts_mayChangeWithDelimiters_messageByMessage() {
    String text =
        """
        20 <14>1 - h a - - - m1
        <14>1 - h a - - - m2
        22 <14>1 - h a - - - m
        3
        20 <14>1 - h a - - - m4\
        """;
    assertThat(decode(text))
        .extracting((record) -> record.message())
        .containsExactly("m1", "m2", "m\n3", "m4");
  }

  @Test
  void octetCount_beyondTheLimit_isTruncatedAndSkipped() {
    String long1 = "<14>1 - h a - - - " + "x".repeat(3000);
    String text = long1.length() + " " + long1 + "20 <14>1 - h a - - - m2";
    var records = decode(text.getBytes(StandardCharsets.US_ASCII), 1024);
    assertThat(records).hasSize(2);
    assertThat(records.getFirst().message()).hasSize(1024 - 18);
    assertThat(records.getFirst().value("_truncated")).isEqualTo("true");
    assertThat(records.getLast().message()).isEqualTo("m2");
  }

  @Test
  void nulDelimitedMessages_keepTheirLineFeeds() {
    assertThat(decode("<14>one\n\tat two\0<14>three\nfour\0"))
        .extracting((record) -> record.message())
        .containsExactly("one\n\tat two", "three\nfour");
  }

  @Test
  void lineFeedDelimitedMessages_keepTheirNuls() {
    assertThat(decode("<14>one\n<14>t\0wo\n"))
        .extracting((record) -> record.message())
        .containsExactly("one", "t\0wo");
  }

  /** As Node's winston-syslog writes to a connection unless it is told otherwise. */
  @ParameterizedTest
  @ValueSource(ints = {1, 7, 100, 10_000})
  void messagesWithoutSeparators_endWhereTheNextBegins(int read) {
    String text =
        "<14>1 2026-11-21T08:00:00.003Z web1 shop 42 - - first"
            + "<14>1 2026-11-21T08:00:00.004Z web1 shop 42 - - second"
            + "<11>1 2026-11-21T08:00:01.003Z web1 shop 42 - - boom\n\tat a.b (<1> x)\n"
            + "<14>Nov 21 08:00:02 web1 shop[42]: "
            + "long ".repeat(500)
            + "<14>Nov 21 08:00:03 web1 shop[42]: <13> last";
    int[] reads = new int[text.length() / read];
    Arrays.fill(reads, read);
    var records = decode(text.getBytes(StandardCharsets.US_ASCII), 1024, reads);
    assertThat(records)
        .extracting((record) -> record.message())
        .containsExactly(
            "first",
            "second",
            "boom\n\tat a.b (<1> x)",
            "long ".repeat(500).substring(0, 989),
            "<13> last");
    assertThat(records).extracting((record) -> record.value("app")).containsOnly("shop");
    assertThat(records.get(3).value("_truncated")).isEqualTo("true");
  }

  @Test
  void quotedMessage_whereLineFeedsDelimit_endsNothing() {
    String quoting =
        "<14>1 2026-11-21T08:00:00Z h a - - - got <11>1 2026-11-21T08:00:00Z h a - - - x";
    assertThat(decode((quoting + "\n").repeat(2))).hasSize(2);
    assertThat(decode(quoting + "\0" + quoting + "\0")).hasSize(2);
  }

  /** As Go's and Node's senders write stack traces to a connection. */
  @Test
  void lineFeedsInside_withoutAFollowingMessage_belongToTheMessage() {
    String text =
        """
        <14>Nov 21 09:00:00 h app[1]: boom
        \tat Shop.<init>(Shop.java:3)

        <script>
        42 is no count
        <14>1 - h a - - - next
        {"msg":"json"}
        <14>1 - h a - - - last
        end
        """;
    assertThat(decode(text))
        .extracting((record) -> record.message())
        .containsExactly(
            "boom\n\tat Shop.<init>(Shop.java:3)\n\n<script>\n42 is no count",
            "next",
            "json",
            "last\nend");
  }

  @Test
  void longMultilineMessage_isTruncated_andItsOtherLinesSkipped() {
    String text = "<14>1 - h a - - - " + "line\n".repeat(1000) + "<14>1 - h a - - - next\n";
    var records = decode(text.getBytes(StandardCharsets.US_ASCII), 1024, 700, 700, 1, 1, 1);
    assertThat(records).hasSize(2);
    assertThat(records.getFirst().value("_truncated")).isEqualTo("true");
    assertThat(records.getLast().message()).isEqualTo("next");
  }

  /** As Node's syslog-client writes RFC 3164. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "user 42 logged in",
        "java.lang.IllegalStateException: boom",
        "TypeError: x is not a function",
        "{\"a\": 1}",
        "ERROR [DB] down"
      })
  void wordThatIsNotATag_belongsToTheMessage(String message) {
    assertThat(line("<14>Nov 21 09:00:00 web1 " + message)).containsEntry("_msg", message);
  }

  /** Docker's syslog driver, pino-syslog and others carry records that programs wrote in JSON. */
  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      textBlock =
          """
          <13>1 - h a - - - {"level":50,"time":1,"msg":"m","hostname":"x","n":{"b":2}} => host=h; app=a; level=ERROR; time=1; _msg=m; hostname=x; n.b=2; facility=user
          <13>1 - h a - - - {"time":1,"log":"m"} => host=h; app=a; level=INFO; level_original=notice; time=1; _msg=m; facility=user
          <13>1 - h a - - - {"level":"info","id":1} => host=h; app=a; level=INFO; level_original=notice; _msg={"level":"info","id":1}; facility=user
          <13>1 - h a - - - {"msg":"m","id":1} => host=h; app=a; level=INFO; level_original=notice; _msg={"msg":"m","id":1}; facility=user
          <13>1 - h a - - - {"msg":"m"} {"level":1} => host=h; app=a; level=INFO; level_original=notice; _msg={"msg":"m"} {"level":1}; facility=user
          <13>{broken} => level=INFO; level_original=notice; _msg={broken}; facility=user
          """)
  void jsonRecord_asTheMessage_addsItsFields(String line, String fields) {
    assertThat(line(line)).isEqualTo(map(fields));
  }
}
