package io.logcaster.query.exec.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TemplateGroupsTest {

  @Test
  void word_withManyValues_becomesAPlaceholder() {
    List<String> templates =
        List.of(
            "login of ann failed",
            "login of bob failed",
            "login of eve failed",
            "login of joe failed",
            "login of sue failed",
            "login of sue passed");
    assertThat(TemplateGroups.of(templates))
        .hasSize(5)
        .containsEntry("login of ann failed", "login of <*> failed")
        .doesNotContainKey("login of sue passed");
  }

  @Test
  void word_withFewValues_keepsTemplatesApart() {
    List<String> templates =
        List.of("unit a started", "unit a stopped", "unit a failed", "unit a reloaded");
    assertThat(TemplateGroups.of(templates)).isEmpty();
  }

  @Test
  void words_inAnotherOrder_areAnotherTemplate() {
    List<String> templates =
        List.of("x a b c", "x b a c", "x c a b", "x a c b", "x b c a", "x c b a");
    assertThat(TemplateGroups.of(templates)).isEmpty();
  }

  /** Trying each word of each as a place, text for text, took memory by the square of the words. */
  @Test
  void templatesOfManyWords_areGroupedInLittleMemory() {
    List<String> templates = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      int template = i;
      templates.add(
          IntStream.range(0, 190)
              .mapToObj((word) -> "word" + Character.toString('a' + template % 7) + word)
              .collect(Collectors.joining(" ", "dump ", " of " + Integer.toString(template, 36))));
    }
    templates.add("dump " + "and on ".repeat(100_000));
    assertThat(TemplateGroups.of(templates)).hasSizeGreaterThanOrEqualTo(9_990);
  }
}
