package io.logcaster.ingest.json;

import static io.logcaster.ingest.text.Decoding.line;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What programs write, each with what is to be read from it; other fields are not looked at. */
class KnownNamesTest {

  private static final String TIME = "_time=2026-11-20T01:02:03Z";

  private static void assertReads(String object, String expected) {
    Map<String, String> fields = line(object);
    Map<String, String> wanted = new TreeMap<>();
    for (String pair : expected.replace("TIME", TIME).split("; ", -1)) {
      int at = pair.indexOf('=');
      wanted.put(pair.substring(0, at), pair.substring(at + 1));
    }
    assertThat(fields).as(object).containsAllEntriesOf(wanted);
    for (String part : new String[] {"_time", "level", "host", "app", "_msg"}) {
      if (!wanted.containsKey(part)) {
        assertThat(fields).as(object).doesNotContainKey(part);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      textBlock =
          """
          {"Timestamp":"2026-11-20T01:02:03Z","Level":"Warning","MessageTemplate":"{N} of {@M} is {{x}} {None}","RenderedMessage":"3 of 4","Properties":{"N":3}} => TIME; level=WARN; _msg=3 of 4; Level=Warning; Properties.N=3
          {"Timestamp":"2026-11-20T01:02:03Z","Level":"Error","MessageTemplate":"{N:000} of {@M,5} is {{x}} {None}","Properties":{"N":3,"M":4,"MachineName":"h"}} => TIME; level=ERROR; _msg=3 of 4 is {x} {None}; host=h; Properties.M=4
          {"Timestamp":"2026-11-20T01:02:03Z","EventId":0,"LogLevel":"Information","Category":"Shop","Message":"m","State":{"Message":"m","{OriginalFormat}":"x"}} => TIME; level=INFO; _msg=m; Category=Shop; LogLevel=Information
          {"EventId":0,"LogLevel":4,"Category":"Shop","Message":"m"} => level=ERROR; _msg=m
          {"@t":"2026-11-20T01:02:03Z","@mt":"hello {Name}","@l":"Error","Name":"eve"} => TIME; level=ERROR; _msg=hello eve; @mt=hello {Name}; Name=eve
          {"@t":"2026-11-20T01:02:03Z","@mt":"plain","@x":"stack"} => TIME; level=INFO; _msg=plain; @x=stack
          {"__REALTIME_TIMESTAMP":"1763600523000000","PRIORITY":"3","_HOSTNAME":"h","SYSLOG_IDENTIFIER":"a","_COMM":"c","MESSAGE":"m"} => _time=2025-11-20T01:02:03Z; level=ERROR; host=h; app=a; _msg=m; PRIORITY=3; _HOSTNAME=h
          {"__REALTIME_TIMESTAMP":"1763600523000000","PRIORITY":"6","_COMM":"c","MESSAGE":[195,164, 27,104]} => _time=2025-11-20T01:02:03Z; level=INFO; app=c; _msg=äh
          {"EventTime":"2026-11-20 01:02:03","Hostname":"h","Severity":"ERROR","SeverityValue":4,"SourceName":"a","Message":"m","EventReceivedTime":"2026-11-20 01:02:05"} => TIME; level=ERROR; host=h; app=a; _msg=m
          {"timestamp":"2026-11-20T01:02:03Z","level":"INFO","fields":{"message":"m","n":3},"target":"t","span":{"name":"s"}} => TIME; level=INFO; _msg=m; fields.n=3; span.name=s
          {"L":"ERROR","T":"2026-11-20T01:02:03Z","N":"n","C":"c.go:1","M":"m","S":"stack"} => TIME; level=ERROR; _msg=m
          {"level":"info","ts":1763600523.5,"logger":"http","msg":"m"} => _time=2025-11-20T01:02:03.5Z; level=INFO; _msg=m
          {"textPayload":"m","severity":"NOTICE","timestamp":"2026-11-20T01:02:03Z","receiveTimestamp":"2026-11-20T01:02:09Z"} => TIME; level=INFO; _msg=m
          {"jsonPayload":{"message":"m","k":1},"severity":"ERROR","timestamp":"2026-11-20T01:02:03Z"} => TIME; level=ERROR; _msg=m; jsonPayload.k=1
          {"output":"m","priority":"Warning","rule":"r","time":"2026-11-20T01:02:03Z","hostname":"h"} => TIME; level=WARN; _msg=m; host=h; rule=r
          {"output":"o","text":"m"} => _msg=m; output=o
          {"t":{"$date":"2026-11-20T01:02:03.000+00:00"},"s":"W","c":"NETWORK","id":1,"ctx":"l","msg":"m"} => TIME; level=WARN; _msg=m; s=W
          {"t":{"$date":"2026-11-20T01:02:03.000+00:00"},"s":"D2","msg":"m"} => TIME; level=DEBUG; _msg=m
          {"s":"W","msg":"m"} => _msg=m; s=W
          {"date":1763600523.25,"log":"m"} => _time=2025-11-20T01:02:03.25Z; _msg=m
          {"log":"m\\n","stream":"stdout","time":"2026-11-20T01:02:03Z"} => TIME; _msg=m; stream=stdout
          {"log":"{\\"level\\":\\"error\\",\\"msg\\":\\"m\\",\\"time\\":7,\\"a\\":{\\"b\\":1}}\\n","stream":"stderr","time":"2026-11-20T01:02:03Z"} => TIME; level=ERROR; _msg=m; stream=stderr; a.b=1; time=7
          {"log":"{\\"level\\":\\"error\\",\\"msg\\":}\\n","stream":"stderr","time":"2026-11-20T01:02:03Z"} => TIME; _msg={"level":"error","msg":}; stream=stderr
          {"log":"{\\"a\\":1}\\n","stream":"stderr","time":"2026-11-20T01:02:03Z"} => TIME; _msg={"a":1}; stream=stderr
          {"level":30,"time":1763600523000,"pid":1,"hostname":"h","msg":"m"} => _time=2025-11-20T01:02:03Z; level=INFO; host=h; _msg=m
          {"name":"n","hostname":"h","pid":1,"level":50,"msg":"m","time":"2026-11-20T01:02:03Z","v":0} => TIME; level=ERROR; host=h; _msg=m
          {"reqId":"r","level":3,"time":"2026-11-20T01:02:03+00:00","remoteAddr":"","app":"core","message":"m"} => TIME; level=ERROR; app=core; _msg=m
          {"reqId":"r","level":0,"message":"m"} => level=DEBUG; _msg=m
          {"message":"m","context":{},"level":300,"level_name":"WARNING","channel":"app","datetime":"2026-11-20T01:02:03+00:00"} => TIME; level=WARN; _msg=m
          {"message":"m","level":400,"channel":"app"} => level=ERROR; _msg=m
          {"asctime":"2026-11-20 01:02:03","levelname":"INFO","levelno":20,"name":"n","message":"m"} => TIME; level=INFO; _msg=m
          {"levelno":40,"message":"m"} => level=ERROR; _msg=m
          {"event":"m","level":"warning","timestamp":"2026-11-20T01:02:03Z"} => TIME; level=WARN; _msg=m
          {"sequenceNumber":0,"timestamp":1763600523000,"level":"INFO","message":"hello {}","formattedMessage":"hello x"} => _time=2025-11-20T01:02:03Z; level=INFO; _msg=hello x; message=hello {}
          {"@timestamp":"2026-11-20T01:02:03Z","log.level":"ERROR","message":"m","service.name":"a","host":{"name":"h"}} => TIME; level=ERROR; _msg=m; app=a; host=h
          {"type":"server","timestamp":"2026-11-20T01:02:03,000Z","level":"WARN","component":"c","message":"m"} => TIME; level=WARN; _msg=m
          {"timestamp":"2026-11-20 01:02:03.000 UTC","pid":1,"error_severity":"ERROR","message":"m"} => TIME; level=ERROR; _msg=m
          {"kind":"Event","level":"Metadata","stage":"s","requestReceivedTimestamp":"2026-11-20T01:02:02Z","stageTimestamp":"2026-11-20T01:02:03Z"} => TIME; level=Metadata
          {"ts":1763600523.000000,"uid":"u","id.orig_h":"10.0.0.1"} => _time=2025-11-20T01:02:03Z
          {"timestamp":"2026-11-20T01:02:03.000000+0000","event_type":"alert","alert":{"severity":1}} => TIME
          {"published":"2026-11-20T01:02:03Z","severity":"WARN","displayMessage":"m"} => TIME; level=WARN; _msg=m
          {"@level":"info","@message":"m","@module":"a","@timestamp":"2026-11-20T01:02:03Z"} => TIME; level=INFO; _msg=m
          {"prio":0,"err_code":1,"label":"Error","time":"2026-11-20T01:02:03Z","msg":"m"} => TIME; level=ERROR; _msg=m
          {"label":"Error","msg":"m"} => _msg=m
          {"time_iso8601":"2026-11-20T01:02:03+00:00","status":200} => TIME; status=200
          {"PROGRAM":"a","PRIORITY":"info","HOST":"h","ISODATE":"2026-11-20T01:02:03+00:00","MESSAGE":"m"} => TIME; level=INFO; host=h; app=a; _msg=m
          {"Level":2,"Computer":"h","ProviderName":"p","Message":"m"} => level=ERROR; host=h; _msg=m
          {"MESSAGE":"m","LEVEL":"ERROR","TIME":"2026-11-20T01:02:03Z"} => TIME; level=ERROR; _msg=m
          {"message":"m","Message":"n","MESSAGE":"o"} => _msg=m; Message=n; MESSAGE=o
          {"Message":"n","message":"m"} => _msg=m; Message=n
          """)
  void objects_ofKnownPrograms_areRead(String object, String expected) {
    assertReads(object, expected);
  }

  /** A name wins only with a plausible value. */
  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      textBlock =
          """
          {"time":250000000,"msg":"m","ts":"2026-11-20T01:02:03Z"} => TIME; _msg=m; time=250000000
          {"time":1500000000,"msg":"m","timestamp":"2026-11-20T01:02:03Z"} => TIME; _msg=m; time=1500000000
          {"time":250000000,"msg":"m"} => _msg=m; time=250000000
          {"time":"0.25","ts":1763600523} => _time=2025-11-20T01:02:03Z; time=0.25
          {"date":"today","t":12,"T":"x","msg":"m"} => _msg=m; date=today; t=12; T=x
          {"priority":3,"msg":"m"} => _msg=m; priority=3
          {"priority":"high","msg":"m"} => _msg=m; priority=high
          {"Level":"Basement","msg":"m"} => _msg=m; Level=Basement
          {"event":42,"body":[1],"text":"m"} => _msg=m; event=42; body=[1]
          {"M":"x","L":"ERROR"} => M=x; L=ERROR
          {"l":"f","m":"x","S":"E"} => l=f; m=x; S=E
          """)
  void implausibleValues_stayFields(String object, String expected) {
    assertReads(object, expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      textBlock =
          """
          {"message":"one","message":"two"} => _msg=two; message=one
          {"_msg":"one","_msg":"two"} => _msg=two; message=one
          {"time":"2026-11-20T01:02:03Z","time":"2026-11-20T01:02:04Z"} => _time=2026-11-20T01:02:04Z; time=2026-11-20T01:02:03Z
          {"_time":"2026-11-20T01:02:03Z","_time":"2026-11-20T01:02:04Z"} => _time=2026-11-20T01:02:04Z; time_original=2026-11-20T01:02:03Z
          {"level":"info","level":"error"} => level=ERROR; level_original=info
          {"severity":"info","severity":"error"} => level=ERROR; severity=["info","error"]
          """)
  void partsThatComeTwice_areTheLast_andKeepTheOthers(String object, String expected) {
    assertReads(object, expected);
  }
}
