package io.logcaster.ingest.raw;

import static io.logcaster.ingest.text.Decoding.decode;
import static io.logcaster.ingest.text.Decoding.line;
import static io.logcaster.ingest.text.Decoding.map;
import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.Seeds;
import io.logcaster.record.LogRecord;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
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
          26/11/20 07:08:09 INFO Remoting: spark => _time=2026-11-20T07:08:09Z; level=INFO; logger=Remoting; _msg=spark
          081109 203615 148 INFO dfs.Node$Responder: hdfs => _time=2008-11-09T20:36:15Z; proc_id=148; level=INFO; logger=dfs.Node$Responder; _msg=hdfs
          [Fri Nov 20 07:08:09 2026] [error] apache => _time=2026-11-20T07:08:09Z; level=ERROR; _msg=apache
          [Fri Nov 20 07:08:09.123456 2026] [core:warn] [pid 1:tid 2] apache => _time=2026-11-20T07:08:09.123456Z; level=WARN; logger=core; _msg=[pid 1:tid 2] apache
          shop.log.1 2026-11-20 07:08:09.123 42 INFO shop.api.wsgi [req-1 - -] GET => file=shop.log.1; _time=2026-11-20T07:08:09.123Z; proc_id=42; level=INFO; logger=shop.api.wsgi; _msg=[req-1 - -] GET
          Nov 20 07:08:09 web1 sshd[42]: bsd => _time=2026-11-20T07:08:09Z; host=web1; app=sshd; proc_id=42; _msg=bsd
          ERROR [DATABASE] no time => level=ERROR; category=DATABASE; _msg=no time
          ERROR no time => level=ERROR; _msg=ERROR no time
          [INFO] maven => level=INFO; _msg=maven
          """)
  void headers_areParsed(String line, String fields) {
    assertThat(line(line)).isEqualTo(map(fields));
  }

  /** Almost a header of its kind: what cannot be told stays text, and nothing half read is kept. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "E1120 07:08:09.619632       x reflector.go:138] no process",
        "E1120 07:08:09.619632 1 a",
        "E1320 07:08:09.619632 1 reflector.go:138] no such month",
        "X1120 07:08:09.619632 1 reflector.go:138] no level",
        "E, [2026-11-20T07:08:09.619632 42] ERROR -- shop: no number sign",
        "E, [2026-11-20T07:08:09.619632 #42 ERROR -- shop: no bracket",
        "E, [2026-11-20T07:08:09.619632 #42] WHAT -- shop: no level",
        "E, [yesterday #42] ERROR -- shop: no time",
        "42:M yesterday * no time",
        "42:M 20 Nov 2026 07:08:09.123 ! no mark",
        "42:M 20 Nov 2026 07:08:09.123 *no blank",
        "E/",
        "E/Tag without an end",
        "[ERROR no end",
        "[:] nothing",
        "[a:b:] nothing",
        "(ERROR) without a time",
        "#x not a frame",
        "} more than an end",
        "Errors are not an error",
      })
  void almostAHeader_staysText(String line) {
    assertThat(line(line)).isEqualTo(Map.of("_msg", line));
  }

  /** As the default settings of common loggers and servers write them. */
  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      textBlock =
          """
          2026-11-20 09:08:09.123 +02:00 [INF] order 17 placed => _time=2026-11-20T07:08:09.123Z; level=INFO; _msg=order 17 placed
          [07:08:09 WRN] slow => _time=2026-11-21T07:08:09Z; level=WARN; _msg=slow
          2026-11-20 08:08:09.585 CET [4242] ERROR:  no relation => _time=2026-11-20T07:08:09.585Z; level=ERROR; proc_id=4242; _msg=no relation
          2026-11-20 07:08:09.585 UTC [4242] LOG:  checkpoint => _time=2026-11-20T07:08:09.585Z; level=INFO; level_original=LOG; proc_id=4242; _msg=checkpoint
          2026-11-20 07:08:09 UTC [4242] joe@shop ERROR:  no relation => _time=2026-11-20T07:08:09Z; level=ERROR; proc_id=4242; context=joe@shop; _msg=no relation
          2026-11-20T07:08:09.856Z	error	internal/sender.go:128	failed	{"a": 1} => _time=2026-11-20T07:08:09.856Z; level=ERROR; caller=internal/sender.go:128; _msg=failed	{"a": 1}
          2026-11-20T07:08:09.856Z	INFO	http	server/a.go:12	started => _time=2026-11-20T07:08:09.856Z; level=INFO; logger=http; caller=server/a.go:12; _msg=started
          E1120 07:08:09.619632       1 reflector.go:138] failed to list => _time=2026-11-20T07:08:09.619632Z; level=ERROR; proc_id=1; caller=reflector.go:138; _msg=failed to list
          I20261120 07:08:09.619632 42 a.cc:1] glog => _time=2026-11-20T07:08:09.619632Z; level=INFO; proc_id=42; caller=a.cc:1; _msg=glog
          I261120 07:08:09.619632 1 server/node.go:4 ⋮ [n1] cockroach => _time=2026-11-20T07:08:09.619632Z; level=INFO; proc_id=1; _msg=server/node.go:4 ⋮ [n1] cockroach
          [2026-11-20T07:08:09Z INFO  shop::cart] env_logger => _time=2026-11-20T07:08:09Z; level=INFO; logger=shop::cart; _msg=env_logger
          [2026-11-20T07:08:09Z INFO  a/b] module with a slash => _time=2026-11-20T07:08:09Z; level=INFO; logger=a/b; _msg=module with a slash
          [WARN  shop::cart] env_logger => level=WARN; logger=shop::cart; _msg=env_logger
          2026-11-20T07:08:09.123456Z  INFO shop::cart: tracing => _time=2026-11-20T07:08:09.123456Z; level=INFO; logger=shop::cart; _msg=tracing
          20-Nov-2026 07:08:09.992 SEVERE [main] org.apache.catalina.startup.Catalina.start failed => _time=2026-11-20T07:08:09.992Z; level=ERROR; thread=main; logger=org.apache.catalina.startup.Catalina.start; _msg=failed
          [2026-11-20T08:08:09.123456+01:00] app.ERROR: failed {"a":1} [] => _time=2026-11-20T07:08:09.123456Z; level=ERROR; logger=app; _msg=failed {"a":1} []
          [2026-11-20 07:08:09] production.INFO: laravel => _time=2026-11-20T07:08:09Z; level=INFO; logger=production; _msg=laravel
          2026-11-20 07:08:09.1234|INFO|Shop.Cart|nlog => _time=2026-11-20T07:08:09.1234Z; level=INFO; logger=Shop.Cart; _msg=nlog
          2026-11-20 07:08:09.123 | WARNING  | __main__:<module>:3 - loguru => _time=2026-11-20T07:08:09.123Z; level=WARN; logger=__main__:<module>:3; _msg=loguru
          2026-11-20 07:08:09,123 [1] INFO  Shop.Cart - log4net => _time=2026-11-20T07:08:09.123Z; level=INFO; thread=1; logger=Shop.Cart; _msg=log4net
          2026-11-20 07:08:09,123 [1] ERROR Shop.Cart [(null)] - log4net => _time=2026-11-20T07:08:09.123Z; level=ERROR; thread=1; _msg=Shop.Cart [(null)] - log4net
          ERROR:root:python => level=ERROR; logger=root; _msg=python
          WARNING:shop.cart:a: b => level=WARN; logger=shop.cart; _msg=a: b
          2026-11-20 07:08:09,123 - WARNING - python => _time=2026-11-20T07:08:09.123Z; level=WARN; _msg=python
          2026-11-20 07:08:09,123 shop.cart ERROR python => _time=2026-11-20T07:08:09.123Z; level=ERROR; logger=shop.cart; _msg=python
          2026-11-20 07:08:09 [info     ] started                 port=80 => _time=2026-11-20T07:08:09Z; level=INFO; _msg=started                 port=80
          [20-Nov-2026 08:08:09 Europe/Berlin] PHP Fatal error:  Uncaught x => _time=2026-11-20T07:08:09Z; level=FATAL; _msg=PHP Fatal error:  Uncaught x
          [20-Nov-2026 07:08:09 UTC] PHP Warning:  x in y => _time=2026-11-20T07:08:09Z; level=WARN; _msg=PHP Warning:  x in y
          [20-Nov-2026 07:08:09 UTC] PHP Parse error:  x in y => _time=2026-11-20T07:08:09Z; level=ERROR; level_original=Parse error; _msg=PHP Parse error:  x in y
          [20-Nov-2026 07:08:09] NOTICE: fpm is running => _time=2026-11-20T07:08:09Z; level=INFO; level_original=NOTICE; _msg=fpm is running
          2026-11-20T07:08:09.123456Z 0 [System] [MY-010931] [Server] ready => _time=2026-11-20T07:08:09.123456Z; level=INFO; level_original=System; proc_id=0; category=MY-010931; _msg=[Server] ready
          2026-11-20  7:08:09 0 [Note] mariadb => _time=2026-11-20T07:08:09Z; level=INFO; level_original=Note; proc_id=0; _msg=mariadb
          42:M 20 Nov 2026 07:08:09.123 * Ready => _time=2026-11-20T07:08:09.123Z; level=INFO; level_original=*; proc_id=42; _msg=Ready
          42:M 20 Nov 2026 07:08:09.123 # Warning => _time=2026-11-20T07:08:09.123Z; level=WARN; level_original=#; proc_id=42; _msg=Warning
          2026-11-20 08:08:09.123456+01:00 [info] <0.222.0> rabbit => _time=2026-11-20T07:08:09.123456Z; level=INFO; _msg=<0.222.0> rabbit
          [2026-11-20 07:08:09,123] INFO [Log partition=x] Loading (kafka.log.Log) => _time=2026-11-20T07:08:09.123Z; level=INFO; _msg=[Log partition=x] Loading (kafka.log.Log)
          2026-11-20 07:08:09,123 [myid:1] - INFO  [main:QuorumPeer@177] - zookeeper => _time=2026-11-20T07:08:09.123Z; level=INFO; thread=myid:1; _msg=[main:QuorumPeer@177] - zookeeper
          [2026-11-20T07:08:09,123][WARN ][o.e.n.Node               ] [node-1] started => _time=2026-11-20T07:08:09.123Z; level=WARN; logger=o.e.n.Node; _msg=[node-1] started
          [2026-11-20 07:08:09.123][42][info][main] [source/a.cc:12] envoy => _time=2026-11-20T07:08:09.123Z; level=INFO; proc_id=42; logger=main; _msg=[source/a.cc:12] envoy
          INFO  [main] 2026-11-20 07:08:09,123 Shop.java:552 - cassandra => level=INFO; thread=main; _time=2026-11-20T07:08:09.123Z; logger=Shop.java:552; _msg=cassandra
          WARN  [2026-11-20 07:08:09,123] a.b.C: dropwizard => level=WARN; _time=2026-11-20T07:08:09.123Z; logger=a.b.C; _msg=dropwizard
          [2026-11-20 07:08:09,123: WARNING/ForkPoolWorker-1] celery => level=WARN; _time=2026-11-20T07:08:09.123Z; thread=ForkPoolWorker-1; _msg=celery
          2026-11-20 07:08:09 => _time=2026-11-20T07:08:09Z; _msg=2026-11-20 07:08:09
          ERROR 2026-11-20 07:08:09,123 boom => level=ERROR; _time=2026-11-20T07:08:09.123Z; _msg=boom
          2026-11-20T07:08:09.123Z  INFO 42 --- [           main] c.e.Shop  : boot => _time=2026-11-20T07:08:09.123Z; level=INFO; proc_id=42; thread=main; logger=c.e.Shop; _msg=boot
          I, [2026-11-20T07:08:09.123456 #42]  INFO -- shop: ruby => _time=2026-11-20T07:08:09.123456Z; level=INFO; proc_id=42; logger=shop; _msg=ruby
          E, [2026-11-20T07:08:09.123456 #42] ERROR -- : ruby => _time=2026-11-20T07:08:09.123456Z; level=ERROR; proc_id=42; _msg=ruby
          2026/11/20 07:08:09 main.go:12: go => _time=2026-11-20T07:08:09Z; _msg=main.go:12: go
          2026/11/20 07:08:09 INFO slog a=1 => _time=2026-11-20T07:08:09Z; level=INFO; _msg=slog a=1
          info: winston {"a":1} => level=INFO; _msg=winston {"a":1}
          error: winston => level=ERROR; _msg=winston
          fail: Shop.Cart[0] => level=ERROR; _msg=Shop.Cart[0]
          INFO:     127.0.0.1:1234 - "GET / HTTP/1.1" 200 OK => level=INFO; _msg=127.0.0.1:1234 - "GET / HTTP/1.1" 200 OK
          [2026-11-20 07:08:09 +0000] [42] [INFO] gunicorn => _time=2026-11-20T07:08:09Z; level=INFO; proc_id=42; _msg=gunicorn
          [2026-11-20T08:08:09.123+0100] {taskinstance.py:1103} INFO - airflow => _time=2026-11-20T07:08:09.123Z; level=INFO; context=taskinstance.py:1103; _msg=airflow
          2026-11-20 07:08:09.123+0000 [id=42]	INFO	hudson.model.Work#run: jenkins => _time=2026-11-20T07:08:09.123Z; level=INFO; thread=id=42; logger=hudson.model.Work#run; _msg=jenkins
          [1795158489] SERVICE ALERT: web1 => _time=2026-11-20T07:08:09Z; _msg=SERVICE ALERT: web1
          1795158489.123    12 192.0.2.1 TCP_MISS/200 99 GET http://x - => _time=2026-11-20T07:08:09.123Z; _msg=12 192.0.2.1 TCP_MISS/200 99 GET http://x -
          2026-11-20 07:08:09, Info                  CBS    Starting => _time=2026-11-20T07:08:09Z; level=INFO; _msg=CBS    Starting
          2026-11-20 07:08:09.12 Server      Microsoft SQL => _time=2026-11-20T07:08:09.12Z; _msg=Server      Microsoft SQL
          20-Nov-2026 07:08:09.123 queries: info: client @0x1 => _time=2026-11-20T07:08:09.123Z; logger=queries; level=INFO; _msg=client @0x1
          2026-11-20 07:08:09-07 mac-2 Tool[954]: installer => _time=2026-11-20T14:08:09Z; host=mac-2; app=Tool; proc_id=954; _msg=installer
          2026-11-20T08:08:09.123456+01:00 web1 sshd[42]: rsyslog => _time=2026-11-20T07:08:09.123456Z; host=web1; app=sshd; proc_id=42; _msg=rsyslog
          11-20 07:08:09.123  1234  5678 E Activity: android => _time=2026-11-20T07:08:09.123Z; level=ERROR; proc_id=1234; thread=5678; logger=Activity; _msg=android
          11-20 07:08:09.123 W/Activity( 1234): android => _time=2026-11-20T07:08:09.123Z; level=WARN; proc_id=1234; logger=Activity; _msg=android
          D/Activity( 1234): android => level=DEBUG; proc_id=1234; logger=Activity; _msg=android
          [I 2026-11-20 07:08:09.123 ServerApp] jupyter => _time=2026-11-20T07:08:09.123Z; level=INFO; logger=ServerApp; _msg=jupyter
          [W 261120 07:08:09 web:2246] tornado => _time=2026-11-20T07:08:09Z; level=WARN; logger=web:2246; _msg=tornado
          2026-11-20T07:08:09.123+0000 I NETWORK  [conn1] mongo => _time=2026-11-20T07:08:09.123Z; level=INFO; _msg=NETWORK  [conn1] mongo
          2026-11-20 07:08:09.123456 I | etcdserver: etcd => _time=2026-11-20T07:08:09.123456Z; level=INFO; _msg=etcdserver: etcd
          2026-11-20T07:08:09.123Z [INFO]  agent: hclog => _time=2026-11-20T07:08:09.123Z; level=INFO; _msg=agent: hclog
          [2026/11/20 09:08:09.123 +02:00] [INFO] [main.go:12] ["tidb"] => _time=2026-11-20T07:08:09.123Z; level=INFO; _msg=[main.go:12] ["tidb"]
          2026.11.20 07:08:09.123456 [ 42 ] {q-1} <Error> Application: clickhouse => _time=2026-11-20T07:08:09.123456Z; level=ERROR; proc_id=42; context=q-1; _msg=Application: clickhouse
          7:08AM INF zerolog a=1 => _time=2026-11-21T07:08:00Z; level=INFO; _msg=zerolog a=1
          INFO[0042] logrus                     a=1 => level=INFO; _msg=logrus                     a=1
          [07:08:09] [Server thread/INFO]: Done => _time=2026-11-21T07:08:09Z; level=INFO; thread=Server thread; _msg=Done
          Nov 20, 2026 7:08:09 AM org.shop.Cart add => _time=2026-11-20T07:08:09Z; _msg=org.shop.Cart add
          11/20/2026 7:08:09 AM: started => _time=2026-11-20T07:08:09Z; _msg=started
          20.11.2026 07:08:09 gestartet => _time=2026-11-20T07:08:09Z; _msg=gestartet
          Fri, 20 Nov 2026 07:08:09 GMT shop started => _time=2026-11-20T07:08:09Z; _msg=shop started
          [2026-11-20T08:08:09.123+0100][info][gc] GC(1) Pause => _time=2026-11-20T07:08:09.123Z; level=INFO; logger=gc; _msg=GC(1) Pause
          """)
  void headersOfKnownPrograms_areParsed(String line, String fields) {
    assertThat(line(line)).isEqualTo(map(fields));
  }

  /** The time of a request stands inside the line, which stays whole. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "192.0.2.7 - eve [20/Nov/2026:10:08:09 +0300] \"GET /a HTTP/1.1\" 500 134 \"-\" \"curl/8\"",
        "shop.example:443 192.0.2.7 - - [20/Nov/2026:07:08:09 +0000] \"GET / HTTP/1.1\" 200 1"
      })
  void accessLogs_keepTheirText_andSetTheTime(String line) {
    assertThat(line(line)).isEqualTo(Map.of("_time", "2026-11-20T07:08:09Z", "_msg", line));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Error while reading a file",
        "Config loaded from a file",
        "I am alive",
        "Alert rule 7 was changed",
        "Success rate is 99 %",
        "Fine tuning began",
        "error while reading",
        "Info about things",
        "supervisor: spawned x",
        "GET /index.html",
        "-1 items",
        "example.com is down",
        "5 errors",
        "[main] thread only",
        "(info) x: y",
        "W is a letter",
        "a - b - c"
      })
  void firstWords_afterATime_stayInTheMessage(String message) {
    String time = "2026-11-20 07:08:09,602 ";
    if (message.equals("(info) x: y")) {
      assertThat(line(time + message)).containsEntry("level", "INFO");
    } else {
      assertThat(line(time + message))
          .isEqualTo(Map.of("_time", "2026-11-20T07:08:09.602Z", "_msg", message));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      textBlock =
          """
          2026-11-20 07:08:09 INFO spawned: x with pid 1 => spawned: x with pid 1
          2026-11-20 07:08:09 ERROR example.com is down => example.com is down
          2026-11-20 07:08:09 ERROR java.io.IOException: boom => java.io.IOException: boom
          2026-11-20 07:08:09 ERROR failed: disk => failed: disk
          2026-11-20 07:08:09 ERROR [x] y => [x] y
          2026-11-20 07:08:09 WARN 42 items => 42 items
          """)
  void firstWords_afterALevel_stayInTheMessage(String line, String message) {
    assertThat(line(line)).containsEntry("_msg", message).containsKey("level").hasSize(3);
  }

  @Test
  void colours_areIgnoredInTheHeader_andStayInTheMessage() {
    assertThat(
            line(
                "\u001b[2m2026-11-20T07:08:09.123456Z\u001b[0m \u001b[31mERROR\u001b[0m"
                    + " \u001b[2mshop::cart\u001b[0m\u001b[2m:\u001b[0m failed"
                    + " \u001b[3mx\u001b[0m"))
        .isEqualTo(
            map(
                "_time=2026-11-20T07:08:09.123456Z; level=ERROR; logger=shop::cart;"
                    + " _msg=failed \u001b[3mx\u001b[0m"));
    assertThat(line("\u001b[32mINFO\u001b[0m[0042] logrus"))
        .isEqualTo(map("level=INFO; _msg=logrus"));
    assertThat(line("\u001b[1mbold\u001b[0m text"))
        .isEqualTo(map("_msg=\u001b[1mbold\u001b[0m text"));
    assertThat(line("\u001b[31m")).isEqualTo(map("_msg=\u001b[31m"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "05/06/24 07:08:09 - Process(1234.5) channel ended",
        "00:00:00.025 elapsed",
        "12:30 lunch",
        "261120 070809 numbers",
        "11-20 07:08:09.123 no level",
        "2026-11-20 07:08:09 Europe/Nowhere x",
        "Error: Cannot find module 'x'",
        "Warning: old thing",
        "[42] numbers",
        "1234567890 numbers"
      })
  void ambiguousHeaders_stayInTheMessage(String line) {
    assertThat(line(line)).isEqualTo(Map.of("_msg", line));
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
  void logfmt_isParsed(String line, String fields) {
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
  void linesWithoutAHeader_areKeptWhole(String line) {
    if (line.equals("time=soon level=")) {
      assertThat(line(line)).isEqualTo(Map.of("time", "soon"));
    } else {
      assertThat(line(line)).isEqualTo(Map.of("_msg", line));
    }
  }

  /** What cannot be read would be marked as such. */
  @Test
  void anyLines_areReadWithoutError() {
    long seed = Seeds.fresh();
    Random random = new Random(seed);
    String[] parts = {
      "2026-11-20 07:08:09",
      "2026-11-20T07:08:09.123456789Z",
      "07:08:09",
      "Nov 20 07:08:09",
      "42",
      "INFO",
      "error",
      "E",
      "[",
      "]",
      "{",
      "}",
      "<",
      ">",
      "(",
      ")",
      ":",
      ": ",
      " ",
      "\t",
      "|",
      " - ",
      "--- ",
      "a.b",
      "stdout",
      " F ",
      " P ",
      "\u001b[31m",
      "\u001b",
      "LOG:",
      "PHP Fatal error",
      "#1",
      "at ",
      "x",
      "=",
      "\"",
      "%ASA-1",
      "<14>",
      "<14>1 ",
      "- ",
      "[x@1 a=\"1\"",
      "1w2d:",
      "@cee:",
      "date=2026-11-20",
      "time=07:08:09"
    };
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder(random.nextBoolean() ? "<14>" : "");
      for (int part = 1 + random.nextInt(8); part > 0; part--) {
        text.append(parts[random.nextInt(parts.length)]);
      }
      for (LogRecord record : decode(text.toString())) {
        assertThat(record.value("_parse_error"))
            .as("%s, line '%s'", Seeds.told(seed), text)
            .doesNotStartWith("internal");
      }
    }
  }
}
