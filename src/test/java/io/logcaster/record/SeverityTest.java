package io.logcaster.record;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeverityTest {

  @ParameterizedTest
  @CsvSource({
    "INFO, INFO, false", "info, INFO, false", "Err, ERROR, false", "E, ERROR, false",
    "warning, WARN, false", "notice, INFO, true", "CRIT, ERROR, true", "alert, ERROR, true",
    "emerg, FATAL, true", "verbose, TRACE, true", "informational, INFO, false", "WARN3, WARN, true"
  })
  void parse_knowsTheUsualSpellings(String spelling, String name, boolean lossy) {
    int number = Severity.parse(spelling);
    assertThat(Severity.name(number)).isEqualTo(name);
    assertThat(Severity.isLossy(number)).isEqualTo(lossy);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "informationally", "in fo", "loud", "warn5", "ERRORS"})
  void parse_leavesOthersUnset(String spelling) {
    assertThat(Severity.parse(spelling)).isEqualTo(Severity.UNSET);
  }
}
