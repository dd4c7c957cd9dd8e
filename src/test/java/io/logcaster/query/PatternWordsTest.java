package io.logcaster.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.query.lang.Parser;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatternWordsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // The longest words first; the last may be cut.
        "app:=a | took <*> on <*> of a pool | 'app:=a took on of a'",
        "* | connection from <*> lost | 'connection from'",
        // Four words suffice.
        "* | one three five seven eleven <*> | 'eleven three seven five'",
        // What touches a variable may belong to the word.
        "* | sshd[<*>]: session <*> | 'session'",
        "a or b | session <*> | '(a or b) session'",
        // Words without letters are in most messages.
        "* | - - : <*> | *",
        "* | <*> | *",
        "* | failed | *",
        // With pipes, the messages of the template may be made by them.
        "a | session <*> | 'a session'",
        "'a | copy x as _msg' | session <*> | 'a | copy x as _msg'",
      })
  void require_addsTheWordsThatEveryMessageHas(String query, String pattern, String expected) {
    assertThat(PatternWords.require(Parser.parse(query), pattern).canonical())
        .isEqualTo(Parser.parse(expected).canonical());
  }
}
