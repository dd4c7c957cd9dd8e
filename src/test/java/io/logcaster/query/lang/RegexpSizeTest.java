package io.logcaster.query.lang;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegexpSizeTest {

  /** Each expression repeats something 100 times: what counts is how large that is. */
  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '\u0001',
      textBlock =
          """
          abc => 3
          a{100} => 100
          ab{100} => 101
          a{2,100} => 198
          a{100,} => 102
          a{0} => 1
          a{100}{100} => 10000
          (ab){100} => 400
          (ab)(c){100} => 304
          (a(b){10}c){10} => 340
          (?:ab){100} => 400
          (?P<name>ab){100} => 400
          (?i)a{100} => 102
          a|b{100} => 102
          a*{100} => 200
          \\pL{100} => 101
          \\p{Greek}{100} => 100
          \\x{1F600}{100} => 100
          \\x41{2} => 4
          \\p{2 => 3
          \\Qa{100}\\E => 6
          \\Q(ab)\\Ec{100} => 104
          \\Qab => 2
          [abc]{100} => 100
          [^]a]{100} => 100
          [\\]a]{100} => 100
          [[:alpha:]x]{100} => 100
          a{b} => 4
          a{,5} => 5
          ab) => 2
          (ab => 4
          """)
  void size_isTheNumberOfStepsOfItsProgram(String pattern, long expected) {
    assertThat(RegexpSize.of(pattern)).isEqualTo(expected);
  }

  @Test
  void depth_upToTheLimit_isAccepted() {
    assertThat(RegexpSize.problem("(".repeat(1_000) + "a" + ")".repeat(1_000))).isNull();
    assertThat(RegexpSize.problem("(".repeat(1_001) + "a" + ")".repeat(1_001)))
        .contains("more than 1000 deep");
  }

  @Test
  void repetitions_upToTheLimit_areAccepted() {
    // "a{1000}" is written with 7 characters, and 20 of them with 140.
    assertThat(RegexpSize.problem("a{1000}".repeat(20))).isNull();
    assertThat(RegexpSize.problem("a{1000}".repeat(20) + "a{200}"))
        .contains("20,200 steps")
        .doesNotContain("over");
    assertThat(RegexpSize.problem("((((.{1,100}){1,100}){1,100}){1,100}){1,100}"))
        .contains("over 1,073,741,824 steps");
  }
}
