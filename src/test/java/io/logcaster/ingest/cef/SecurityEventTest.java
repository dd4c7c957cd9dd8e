package io.logcaster.ingest.cef;

import static io.logcaster.ingest.text.Decoding.line;
import static io.logcaster.ingest.text.Decoding.map;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecurityEventTest {

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      textBlock =
          """
          CEF:0|Sec|threatmanager|1.0|100|worm stopped|10|src=10.0.0.1 dst=2.1.2.2 spt=1232 => app=threatmanager; deviceVendor=Sec; deviceProduct=threatmanager; deviceVersion=1.0; deviceEventClassId=100; severity=10; level=FATAL; src=10.0.0.1; dst=2.1.2.2; spt=1232; _msg=worm stopped
          <134>Nov 20 07:08:09 fw1 CEF:0|V|P|1|id|a \\| bar \\\\ back|3|act=blocked a \\= sign msg=two\\nlines cs1Label=Rule Name cs1=drop all => _time=2026-11-20T07:08:09Z; host=fw1; facility=local0; app=P; deviceVendor=V; deviceProduct=P; deviceVersion=1; deviceEventClassId=id; severity=3; level=INFO; act=blocked a = sign; cs1Label=Rule Name; cs1=drop all; msg=two\\nlines; _msg=a | bar \\ back
          <131>1 2026-11-20T07:08:09Z fw1 agent - - - CEF:0|V|P|1|id|name|Very-High|rt=1795158489123 request=http://x/?a=b&c=d dvchost=other => _time=2026-11-20T07:08:09.123Z; host=fw1; facility=local0; app=agent; deviceVendor=V; deviceProduct=P; deviceVersion=1; deviceEventClassId=id; severity=Very-High; level=FATAL; rt=1795158489123; request=http://x/?a=b&c=d; dvchost=other; _msg=name
          CEF:0|V|P|1|id|name|Medium|rt=Nov 20 2026 07:08:09 dvc=10.0.0.7 dvchost=fw7 empty= act=x => _time=2026-11-20T07:08:09Z; host=fw7; app=P; deviceVendor=V; deviceProduct=P; deviceVersion=1; deviceEventClassId=id; severity=Medium; level=WARN; rt=Nov 20 2026 07:08:09; dvc=10.0.0.7; dvchost=fw7; act=x; _msg=name
          CEF:0|V|P|1|id|no extension|8| => app=P; deviceVendor=V; deviceProduct=P; deviceVersion=1; deviceEventClassId=id; severity=8; level=ERROR; _msg=no extension
          CEF:0|V|P|1|id|no last bar|odd => app=P; deviceVendor=V; deviceProduct=P; deviceVersion=1; deviceEventClassId=id; severity=odd; _msg=no last bar
          CEF:0|V|P|1|broken => _parse_error=cef: a header of fewer than 7 parts; _msg=CEF:0|V|P|1|broken
          CEF: a text => _msg=CEF: a text
          2026-11-20T07:08:09Z CEF:0|V|P|1|id|in a file|0| => _time=2026-11-20T07:08:09Z; app=P; deviceVendor=V; deviceProduct=P; deviceVersion=1; deviceEventClassId=id; severity=0; level=INFO; _msg=in a file
          """)
  void cef_isReadIntoFields(String text, String fields) {
    assertThat(line(text)).isEqualTo(map(fields.replace("\\n", "\n")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      textBlock =
          """
          LEEF:1.0|V|P|1|id|src=10.0.0.1TABsev=5TABmsg=a text = bTABusrName=joe => app=P; deviceVendor=V; deviceProduct=P; deviceVersion=1; deviceEventClassId=id; level=WARN; sev=5; src=10.0.0.1; usrName=joe; _msg=a text = b
          LEEF:2.0|V|P|1|id|^|src=10.0.0.1^sev=9^devTime=2026-11-20T07:08:09.5Z => _time=2026-11-20T07:08:09.5Z; app=P; deviceVendor=V; deviceProduct=P; deviceVersion=1; deviceEventClassId=id; level=FATAL; sev=9; src=10.0.0.1; devTime=2026-11-20T07:08:09.5Z; _msg=id
          LEEF:2.0|V|P|1|id|0x7C|src=10.0.0.1|act=x => app=P; deviceVendor=V; deviceProduct=P; deviceVersion=1; deviceEventClassId=id; src=10.0.0.1; act=x; _msg=id
          LEEF:2.0|V|P|1|id|src=10.0.0.1TABact=x y => app=P; deviceVendor=V; deviceProduct=P; deviceVersion=1; deviceEventClassId=id; src=10.0.0.1; act=x y; _msg=id
          <134>Nov 20 07:08:09 fw1 LEEF:1.0|V|P|1|id|src=10.0.0.1 sev=2 act=by spaces => _time=2026-11-20T07:08:09Z; host=fw1; facility=local0; app=P; deviceVendor=V; deviceProduct=P; deviceVersion=1; deviceEventClassId=id; level=INFO; sev=2; src=10.0.0.1; act=by spaces; _msg=id
          LEEF:1.0|V|P => _parse_error=leef: a header of fewer parts; _msg=LEEF:1.0|V|P
          """)
  void leef_isReadIntoFields(String text, String fields) {
    assertThat(line(text.replace("TAB", "\t"))).isEqualTo(map(fields));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      textBlock =
          """
          @cee: {"msg":"by cookie","time":"2026-11-20T07:08:09Z","a":1} => _time=2026-11-20T07:08:09Z; a=1; _msg=by cookie
          @cee:{"msg":"without space"} => _msg=without space
          Nov 20 07:08:09 web1 app[7]: @cee: {"msg":"in a file","n":2} => _time=2026-11-20T07:08:09Z; host=web1; app=app; proc_id=7; n=2; _msg=in a file
          Nov 20 07:08:09 web1 app[7]: @cee: {broken} => _time=2026-11-20T07:08:09Z; host=web1; app=app; proc_id=7; _msg=@cee: {broken}
          """)
  void cookie_announcesJson_inPlainLinesToo(String text, String fields) {
    assertThat(line(text)).isEqualTo(map(fields));
  }
}
