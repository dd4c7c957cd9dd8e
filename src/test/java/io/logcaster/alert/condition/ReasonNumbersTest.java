package io.logcaster.alert.condition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
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

  @ParameterizedTest
  @CsvSource({
    "99.97500000000001, 99.975",
    "0.30000000000000004, 0.3",
    "-0.1, -0.1",
    "9007199254740993, 9007199254740993",
    "Infinity, Infinity",
    "NaN, NaN"
  })
  void round_takesAwayTheNoiseOfArithmetic(double number, Double rounded) {
    assertThat(ReasonNumbers.round(number)).isEqualTo(rounded);
  }

  @Test
  void valueOfAVerdict_isRounded() {
    assertThat(GroupVerdict.clear(Map.of(), 0.1 + 0.2, null, () -> "").value()).isEqualTo(0.3);
  }
}
