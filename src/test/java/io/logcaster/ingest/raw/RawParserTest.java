package io.logcaster.ingest.raw;

import static io.logcaster.ingest.text.Decoding.line;
import static io.logcaster.ingest.text.Decoding.map;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RawParserTest {

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      textBlock =
          """
          2026-11-20T07:08:09.123Z ERROR [DATABASE] lost => _time=2026-11-20T07:08:09.123Z; level=ERROR; category=DATABASE; _msg=lost
          2026-11-20T07:08:09Z [WARN] [SECURITY] lost => _time=2026-11-20T07:08:09Z; level=WARN; category=SECURITY; _msg=lost
          2026-11-20 07:08:09,123 INFO just text => _time=2026-11-20T07:08:09.123Z; level=INFO; _msg=just text
          [2026-11-20 07:08:09] error: bracketed => _time=2026-11-20T07:08:09Z; level=ERROR; _msg=bracketed
          2026-11-20T07:08:09+09:00 no level => _time=2026-11-19T22:08:09Z; _msg=no level
          2026/11/20 07:08:09 [notice] 7#7: nginx => _time=2026-11-20T07:08:09Z; level=INFO; level_original=notice; _msg=7#7: nginx
          07:08:09.123 [main] INFO  c.e.Shop -- open => _time=2026-11-21T07:08:09.123Z; thread=main; level=INFO; logger=c.e.Shop; _msg=open
          23:08:09.123 [main] INFO  c.e.Shop -- yesterday => _time=2026-11-20T23:08:09.123Z; thread=main; level=INFO; logger=c.e.Shop; _msg=yesterday
          2026-11-20 07:08:09,123 [http-1] WARN c.e.Shop - slow => _time=2026-11-20T07:08:09.123Z; thread=http-1; level=WARN; logger=c.e.Shop; _msg=slow
          2026-11-20 07:08:09,123 WARN [http-1] c.e.Shop - slow => _time=2026-11-20T07:08:09.123Z; thread=http-1; level=WARN; logger=c.e.Shop; _msg=slow
          2026-11-20T07:08:09.123Z  INFO 42 --- [shop] [           main] c.e.Shop                 : Started => _time=2026-11-20T07:08:09.123Z; level=INFO; proc_id=42; app=shop; thread=main; logger=c.e.Shop; _msg=Started
          2026-11-20 07:08:09.123  INFO 42 --- [           main] c.e.Shop  : Started => _time=2026-11-20T07:08:09.123Z; level=INFO; proc_id=42; thread=main; logger=c.e.Shop; _msg=Started
          2026-11-20 07:08:09,123 - shop.cart - ERROR - python => _time=2026-11-20T07:08:09.123Z; level=ERROR; logger=shop.cart; _msg=python
          26/11/20 07:08:09 INFO c.e.Shop: spark => _time=2026-11-20T07:08:09Z; level=INFO; logger=c.e.Shop; _msg=spark
          081109 203615 148 INFO dfs.Node$Responder: hdfs => _time=2008-11-09T20:36:15Z; proc_id=148; level=INFO; logger=dfs.Node$Responder; _msg=hdfs
          [Fri Nov 20 07:08:09 2026] [error] apache => _time=2026-11-20T07:08:09Z; level=ERROR; _msg=apache
          [Fri Nov 20 07:08:09.123456 2026] [core:warn] [pid 1:tid 2] apache => _time=2026-11-20T07:08:09.123456Z; level=WARN; logger=core; _msg=[pid 1:tid 2] apache
          shop.log.1 2026-11-20 07:08:09.123 42 INFO shop.api.wsgi [req-1 - -] GET => file=shop.log.1; _time=2026-11-20T07:08:09.123Z; proc_id=42; level=INFO; logger=shop.api.wsgi; _msg=[req-1 - -] GET
          Nov 20 07:08:09 web1 sshd[42]: bsd => _time=2026-11-20T07:08:09Z; host=web1; app=sshd; proc_id=42; _msg=bsd
          ERROR [DATABASE] no time => level=ERROR; category=DATABASE; _msg=no time
          ERROR no time => level=ERROR; _msg=no time
          [INFO] maven => level=INFO; _msg=maven
          """)
  void heads_areTakenOff(String line, String fields) {
    assertThat(line(line)).isEqualTo(map(fields));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      textBlock =
          """
          level=info msg="it \\"works\\"" took=3ms => level=INFO; _msg=it "works"; took=3ms
          time=2026-11-20T07:08:09Z lvl=warn empty= host=h => _time=2026-11-20T07:08:09Z; level=WARN; lvl=warn; host=h
          level=info msg="go \\x1b[1m \\u200d \\U0001f600 \\ud800 \\a \\x" => level=INFO; _msg=go \u001b[1m \u200d 😀 \ufffd \u0007 x
          ts=1763600000.5 caller=a.go:1 msg=hello => _time=2025-11-20T00:53:20.5Z; caller=a.go:1; _msg=hello
          """)
  void logfmt_isTakenApart(String line, String fields) {
    assertThat(line(line)).isEqualTo(map(fields));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain text",
        "Error opening a file",
        "Information for you",
        "a=b c=d",
        "level=info but=not \"logfmt",
        "time=soon level=",
        "[main] thread only",
        "12345 numbers",
        "2026-11-20",
        "2026-13-20T07:08:09Z no such month",
        "Marathon runner wins",
        "x",
        "[",
        "::",
        "Mon Tue Wed"
      })
  void linesWithoutAHead_stayWhole(String line) {
    if (line.equals("time=soon level=")) {
      assertThat(line(line)).isEqualTo(Map.of("time", "soon"));
    } else {
      assertThat(line(line)).isEqualTo(Map.of("_msg", line));
    }
  }
}
