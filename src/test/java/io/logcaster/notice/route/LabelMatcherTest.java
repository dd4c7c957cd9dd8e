package io.logcaster.notice.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelMatcherTest {

  private static final AlertKey ALERT =
      AlertKey.of("r1", "Errors", "critical", Map.of("app", "web-1", "path", "a \"b\""));

  @ParameterizedTest
  @CsvSource(
      delimiter = '\t', // one column: each line is taken as it is
      quoteCharacter = '`',
      textBlock =
          """
          app=web-1          | true
          app="web-1"        | true
          app = web-1        | true
          app=web            | false
          app!=web           | true
          app=~web           | false
          app=~web.*         | true
          app=~"web-[0-9]"   | true
          app!~web.*         | false
          app!~db.*          | true
          path="a \\"b\\""   | true
          severity=critical  | true
          severity=~critical|error | true
          rule=r1            | true
          name=Errors        | true
          host=              | true
          host!=             | false
          host=~.*           | true
          app!=              | true
          """)
  void matcher_matchesLabelsAsAlertmanagerDoes(String line) {
    int bar = line.lastIndexOf('|');
    assertThat(LabelMatcher.parse(line.substring(0, bar).strip()).matches(ALERT))
        .isEqualTo(Boolean.parseBoolean(line.substring(bar + 1).strip()));
  }

  @ParameterizedTest
  @CsvSource({
    "app, needs one of",
    "=x, needs the name",
    "a=~(, invalid regular expression",
    "'', needs one"
  })
  void malformedMatcher_isRefusedWithTheReason(String text, String reason) {
    assertThatThrownBy(() -> LabelMatcher.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }
}
