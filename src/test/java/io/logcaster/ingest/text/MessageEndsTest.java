package io.logcaster.ingest.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageEndsTest {

  private static final int LIMIT = 1_000;

  private static final String HEAD = "<34>1 2026-11-21T10:00:00Z h a - - - ";

  private final MessageEnds ends = new MessageEnds();

  /** In the texts, {@code |} is a line feed and {@code 0} is NUL. */
  private static byte[] bytes(String text) {
    return text.replace('|', '\n').replace('0', '\0').getBytes(StandardCharsets.US_ASCII);
  }

  private int find(String text, boolean quiet, TextProtocol protocol) {
    byte[] bytes = bytes(text);
    return ends.find(bytes, 0, bytes.length, quiet, protocol, LIMIT);
  }

  @ParameterizedTest
  @CsvSource({
    // text, quiet, protocol, end, delimiter
    "abc, false, UNKNOWN, -1, -1",
    "abc, true, UNKNOWN, -1, -1",
    "a|b|, false, UNKNOWN, 1, 10",
    "a0b0, false, UNKNOWN, 1, 0",
    "a|b0, false, RAW, 1, 10",
    "<34>a|<34>b, false, UNKNOWN, 5, 10",
    "<34>a|, false, UNKNOWN, -1, -1",
    "<34>a|, true, UNKNOWN, 5, 10",
    "<34>a| at b|<34>c, true, UNKNOWN, -1, -1",
    "<34>a| at b0<34>c, false, UNKNOWN, 11, 0",
    "<34>a|5 <34>b, false, UNKNOWN, 5, 10",
  })
  void find_ofFirstMessage_decidesTheDelimiter(
      String text, boolean quiet, TextProtocol protocol, int end, int delimiter) {
    assertThat(find(text, quiet, protocol)).isEqualTo(end);
    assertThat(ends.delimiter()).isEqualTo(delimiter);
  }

  @ParameterizedTest
  @CsvSource({
    // text, quiet, protocol, end
    "<34>a| at b|<34>c, false, SYSLOG, 11",
    "<34>a||<34>b, false, SYSLOG, 5",
    "<34>a|, false, SYSLOG, -1",
    "<34>a|, true, SYSLOG, 5",
    "'<34>a|{\"b\":1}|', false, SYSLOG, 5",
    "<34>a|9 <34>b, false, SYSLOG, 5",
    "<p>a| at b|, false, RAW, 4",
    "a| at b|, false, SYSLOG, 1",
  })
  void find_withLineFeeds_keepsContinuationsOfSyslogTogether(
      String text, boolean quiet, TextProtocol protocol, int end) {
    ends.decide((byte) '\n');
    assertThat(find(text, quiet, protocol)).isEqualTo(end);
  }

  @Test
  void find_afterAmbiguousLineFeed_continuesThere() {
    ends.decide((byte) '\n');
    assertThat(find("<34>a|", false, TextProtocol.SYSLOG)).isEqualTo(-1);
    assertThat(ends.isEndUnknown()).isTrue();
    assertThat(ends.isAtBeginning()).isFalse();
    assertThat(find("<34>a| b|<34>c", false, TextProtocol.SYSLOG)).isEqualTo(8);
    assertThat(ends.isEndUnknown()).isFalse();
  }

  @Test
  void find_ofSyslogWithoutDelimiter_endsAtTheNextHead() {
    byte[] bytes = (HEAD + "one" + HEAD + "two").getBytes(StandardCharsets.US_ASCII);
    int end = ends.find(bytes, 0, bytes.length, true, TextProtocol.UNKNOWN, LIMIT);
    assertThat(end).isEqualTo(HEAD.length() + 3);
    assertThat(ends.width()).isZero();
    ends.begin();
    assertThat(ends.find(bytes, end, bytes.length, true, TextProtocol.SYSLOG, LIMIT))
        .isEqualTo(bytes.length);
  }

  @Test
  void find_ofSyslogThatQuotesAHead_endsAtItsLineFeed() {
    byte[] bytes =
        (HEAD + "got " + HEAD + "one\n" + HEAD + "two\n" + HEAD + "three\n")
            .getBytes(StandardCharsets.US_ASCII);
    int end = ends.find(bytes, 0, bytes.length, true, TextProtocol.UNKNOWN, LIMIT);
    assertThat(end).isEqualTo(2 * HEAD.length() + 7);
    assertThat(ends.width()).isEqualTo(1);
  }

  @Test
  void skip_ofSyslog_passesItsContinuations() {
    ends.decide((byte) '\n');
    ends.beginSkipping((byte) '<', TextProtocol.SYSLOG);
    byte[] bytes = bytes("x| y|<34>z");
    assertThat(ends.skip(bytes, 0, bytes.length, false)).isEqualTo(5);
    assertThat(ends.isFound()).isTrue();
  }

  @Test
  void skip_withoutEnd_consumesEverything() {
    ends.beginSkipping((byte) 'a', TextProtocol.RAW);
    byte[] bytes = bytes("xyz");
    assertThat(ends.skip(bytes, 0, bytes.length, false)).isEqualTo(3);
    assertThat(ends.isFound()).isFalse();
  }
}
