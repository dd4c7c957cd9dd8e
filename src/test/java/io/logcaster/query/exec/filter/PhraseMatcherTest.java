package io.logcaster.query.exec.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.record.BytesPredicate;
import io.logcaster.record.Verdict;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhraseMatcherTest {

  /** In the outlines, {@code #} stands for a run. */
  @ParameterizedTest
  @CsvSource({
    "failed, # failed after # ms, true",
    "failed, #-failed, true",
    "failed, failed, true",
    "failed, unfailed #, false",
    "failed, failed_ #, false",
    "failed, failedé, false",
    "failed, éfailed, false",
    "failed, →failed→, true",
    "failed, # # #, false",
    "failed after, it failed after #, true",
    "failed after, it failed #, false",
    "':', #:#, true",
    "'=', # #, false",
  })
  void judgeOutline_phraseWithoutDigits_decides(String phrase, String outline, boolean found) {
    assertThat(PhraseMatcher.of(phrase).judgeOutline(outline(outline))).isSameAs(Verdict.of(found));
  }

  @ParameterizedTest
  @CsvSource({"FAILED, true", "# Failed, true", "unFAILED, false"})
  void judgeOutline_anyCase_decides(String outline, boolean found) {
    assertThat(PhraseMatcher.ofAnyCase("Failed").judgeOutline(outline(outline)))
        .isSameAs(Verdict.of(found));
  }

  @ParameterizedTest
  @CsvSource({"a1", "took 5", "2026"})
  void judgeOutline_phraseWithDigit_leavesItOpen(String phrase) {
    assertThat(PhraseMatcher.of(phrase).judgeOutline(outline("took # ms")))
        .isSameAs(Verdict.UNKNOWN);
  }

  /** The run may go on where the prefix ends. */
  @ParameterizedTest
  @CsvSource({"took", "to"})
  void judgeOutline_prefix_leavesItOpen(String prefix) {
    assertThat(PhraseMatcher.ofPrefix(prefix).judgeOutline(outline("# ms")))
        .isSameAs(Verdict.UNKNOWN);
  }

  private static byte[] outline(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String part : text.splitWithDelimiters("#", -1)) {
      if (part.equals("#")) {
        bytes.write(BytesPredicate.RUN);
      } else {
        bytes.writeBytes(part.getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toByteArray();
  }
}
