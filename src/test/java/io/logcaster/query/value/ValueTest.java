package io.logcaster.query.value;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-17, -17",
    "+3.5, 3.5",
    ".5, 0.5",
    "1_000, 1000",
    "1e3, 1000",
    "-1.5E-2, -0.015",
    "0x1f, 31",
    "0b101, 5",
    "0o17, 15",
    "10K, 10000",
    "1.5KiB, 1536",
    "22MB100KB, 22100000",
    "-2G, -2000000000",
    "1s, 1000000000",
    "1h30m, 5400000000000",
    "1.5µs, 1500",
    "2d, 172800000000000",
    "123456789012345678901, 123456789012345680000",
    "0.1, 0.1",
    "-Inf, -Infinity",
    "1717030933000000000, 1717030933000000000"
  })
  void numbers_areParsed(String text, String expected) {
    assertThat(Numbers.parse(text)).isEqualTo(Double.parseDouble(expected));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "x",
        "1x",
        "1.2.3",
        "1__",
        "e5",
        "1e",
        "NaN",
        "info",
        "10us",
        "5 ",
        " 5",
        "0x",
        "0xg",
        "1KKB",
        "s",
        "1h30",
        "it is OK",
        "10.0.0.1 GET",
        "-x T",
        ".5 i",
        "1 KB",
        "+B",
        "i",
        "1K-2B",
        "5_ M"
      })
  void otherTexts_areNotNumbers(String text) {
    assertThat(Numbers.parse(text)).isNaN();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1.5, 1.5",
    "-3, -3",
    "1e15, 1000000000000000",
    "12.60, 12.6",
    "1e-7, 0.0000001",
    "1e20, 100000000000000000000"
  })
  void numbers_arePrintedPlainly(double number, String expected) {
    assertThat(Numbers.format(number)).isEqualTo(expected);
  }

  @Property
  void decimals_parseAsInJava(@ForAll double number) {
    if (!Double.isNaN(number) && !Double.isInfinite(number)) {
      assertThat(Numbers.parse(Double.toString(number))).isEqualTo(number);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1ns",
    "1500, 1.5µs",
    "90000000000, 1m30s",
    "210123456789, 3m30.123456789s",
    "93784000000000, 1d2h3m4s",
    "-1000000000, -1s"
  })
  void durations_arePrinted(long nanos, String expected) {
    assertThat(Durations.format(nanos)).isEqualTo(expected);
    assertThat(Durations.parse(expected)).isEqualTo((nanos == 0) ? Durations.INVALID : nanos);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.2.3", "1.2.3.4.5", "256.1.1.1", "1..2.3", "1.2.3.x", "a", ""})
  void otherTexts_areNotAddresses(String text) {
    assertThat(Ipv4.parse(text)).isEqualTo(Ipv4.INVALID);
  }

  @ParameterizedTest
  @CsvSource({
    "'', a",
    "'', 0",
    "9, 10",
    "-1, 0",
    "90s, 2m",
    "10, a",
    "file9, file10",
    "a, b",
    "a1, a01x"
  })
  void values_areOrdered(String smaller, String larger) {
    assertThat(ValueOrder.compare(smaller, larger)).isNegative();
    assertThat(ValueOrder.compare(larger, smaller)).isPositive();
  }

  @Property
  void order_isTransitive(
      @ForAll("values") String a, @ForAll("values") String b, @ForAll("values") String c) {
    if (ValueOrder.compare(a, b) <= 0 && ValueOrder.compare(b, c) <= 0) {
      assertThat(ValueOrder.compare(a, c)).isLessThanOrEqualTo(0);
    }
  }

  @Provide
  Arbitrary<String> values() {
    return Arbitraries.strings().withChars("a01.-s ").ofMaxLength(4);
  }
}
