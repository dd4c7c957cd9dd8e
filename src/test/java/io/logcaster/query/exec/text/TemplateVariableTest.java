package io.logcaster.query.exec.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.logcaster.record.ByteBuilder;
import io.logcaster.record.TextShape;
import io.logcaster.record.TextShape.Alphabet;
import io.logcaster.record.TextShape.Gap;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateVariableTest {

  private static String value(String pattern, int place, String message) {
    byte[] bytes = bytes("xx" + message + "yy");
    ByteBuilder target = new ByteBuilder(16);
    new TemplateVariable(pattern, place).map(bytes, 2, bytes.length - 2, target);
    return new String(target.toByteArray(), StandardCharsets.UTF_8);
  }

  private static String template(String message) {
    byte[] bytes = bytes(message);
    ByteBuilder target = new ByteBuilder(16);
    Template.map(bytes, 0, bytes.length, target);
    return new String(target.toByteArray(), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          took 12 by 0x1f                    | 0 | 12
          took 12 by 0x1f                    | 1 | 0x1f
          took 5 KB by 10.0.0.1.             | 0 | 5 KB
          took 5 KB by 10.0.0.1.             | 1 | 10.0.0.1
          user=ann,role=admin end            | 0 | ann
          user=ann,role=admin end            | 1 | admin
          GET /a/b?x=1&y=2 in 3ms            | 0 | /a/b?x=1&y=2
          GET /a/b?x=1&y=2 in 3ms            | 1 | 3ms
          ids 1,22,333 of 4                  | 0 | 1,22,333
          ids 1,22,333 of 4                  | 1 | 4
          ready    in     7 seconds flat     | 0 | 7 seconds
          grüße 7 für ü8                     | 1 | ü8
          """)
  void value_isWhatThePlaceholderStandsFor(String message, int place, String value) {
    assertThat(value(template(message), place, message)).isEqualTo(value);
  }

  @Test
  void word_thatAGroupMadeAVariable_isAValue() {
    String group = "session opened for <*> by <*> now";
    assertThat(value(group, 0, "session opened for ann by 17 now")).isEqualTo("ann");
    assertThat(value(group, 1, "session opened for ann by 17 now")).isEqualTo("17");
    assertThat(value(group, 1, "session opened for (ann) by 5 KB now")).isEqualTo("5 KB");
    assertThat(value(group, 0, "session opened for (ann) by 5 KB now")).isEqualTo("(ann)");
  }

  @Test
  void message_ofAnotherTemplate_hasNone() {
    assertThat(value("took <*> by <*>", 0, "took 12 of 13")).isEmpty();
    assertThat(value("took <*> by <*>", 0, "took 12 by 13 more")).isEmpty();
    assertThat(value("took <*>", 0, "")).isEmpty();
    assertThat(value("<*>", 0, "one two")).isEmpty();
  }

  @Test
  void storedTexts_ofAnotherTemplate_areNotRead() {
    Gap digits = new Gap(Alphabet.DIGITS, 1, 5);
    TextShape shape = new TextShape(List.of(bytes("took "), bytes(" by x1")), List.of(digits));
    assertThat(new TemplateVariable("took <*> by <*>", 0).map(shape, new ByteBuilder(16)))
        .isFalse();
    ByteBuilder none = new ByteBuilder(16);
    assertThat(new TemplateVariable("gave <*> to <*>", 0).map(shape, none)).isTrue();
    assertThat(none.length()).isZero();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void place_thatTheTemplateDoesNotHave_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TemplateVariable("took <*>", 1))
        .withMessageContaining("1 placeholders");
    assertThatIllegalArgumentException().isThrownBy(() -> new TemplateVariable("took", 0));
  }
}
