package io.logcaster.alert.condition;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReasonNumbersTest {

  @ParameterizedTest
  @CsvSource({
    "99.85833333333333, 99.8583",
    "0.000123456789, 0.000123457",
    "1234567.25, 1234570",
    "123456789, 123456789",
    "80, 80",
    "NaN, NaN"
  })
  void print_ofAnyNumber_hasSixDigitsUnlessItIsWhole(double number, String text) {
    assertThat(ReasonNumbers.print(number)).isEqualTo(text);
  }
}
