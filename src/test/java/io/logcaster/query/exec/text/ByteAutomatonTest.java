package io.logcaster.query.exec.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.logcaster.query.exec.filter.RegexpMatcher;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByteAutomatonTest {

  @Property(tries = 5000)
  void automaton_findsWhatTheGeneralMatcherFinds(
      @ForAll("expressions") String expression, @ForAll("values") String value) {
    Pattern pattern;
    try {
      pattern = Pattern.compile(expression);
    } catch (PatternSyntaxException ex) {
      return;
    }
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    boolean expected = pattern.matcher(value).find();
    ByteAutomaton automaton = ByteAutomaton.of(expression);
    if (automaton != null) {
      assertThat(automaton.find(bytes, 0, bytes.length))
          .as("%s in %s", expression, value)
          .isEqualTo(expected);
    }
    assertThat(new RegexpMatcher(expression).test(bytes, 0, bytes.length))
        .as("%s in %s", expression, value)
        .isEqualTo(expected);
  }

  @Provide
  Arbitrary<String> expressions() {
    return Arbitraries.of(
            "a",
            "b",
            "ab",
            "é",
            ".",
            "\\d",
            "\\w",
            "\\S",
            "\\W",
            "[ab]",
            "[^a]",
            "[a-c0-9]",
            "[^\\d]",
            "(",
            ")",
            "(?:",
            "|",
            "*",
            "+",
            "?",
            "{2}",
            "{1,}",
            "{0,2}",
            "^",
            "$",
            "(?i)",
            "\\.",
            "\\b",
            "x",
            "-")
        .list()
        .ofMinSize(1)
        .ofMaxSize(7)
        .map((parts) -> String.join("", parts));
  }

  @Provide
  Arbitrary<String> values() {
    return Arbitraries.of("a", "b", "A", "x", "1", "é", "𝒳", ".", "-", " ", "\n")
        .list()
        .ofMaxSize(8)
        .map((parts) -> String.join("", parts));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(retry|load)(ing|ed)",
        "refused by .* attempt",
        "^GET /[a-z]+/\\d{1,5}$",
        "(?i)error: [^x]+",
        "[A-Z]{2}-\\d+"
      })
  void usualExpressions_areSupported(String expression) {
    assertThat(ByteAutomaton.of(expression)).isNotNull();
  }

  @Test
  void generalMatcher_afterOtherThanAscii_isNotAtTheBeginning() {
    String expression = "^.é\\b";
    assertThat(ByteAutomaton.of(expression)).isNull();
    byte[] value = "éaéb".getBytes(StandardCharsets.UTF_8);
    assertThat(new RegexpMatcher(expression).test(value, 0, value.length)).isFalse();
  }

  @Test
  void expression_withTooManyStates_fallsBackToTheGeneralMatcher() {
    RegexpMatcher test = new RegexpMatcher("(a|b)*a(a|b){13}c");
    byte[] value = new byte[20_000];
    for (int i = 0; i < value.length; i++) {
      value[i] = (byte) ((i * i % 7 < 3) ? 'a' : 'b');
    }
    value[value.length - 1] = 'c';
    boolean expected = Pattern.compile("(a|b)*a(a|b){13}c").matcher(value).find();
    assertThat(test.test(value, 0, value.length)).isEqualTo(expected);
    assertThat(test.test(value, 0, value.length)).isEqualTo(expected);
  }
}
