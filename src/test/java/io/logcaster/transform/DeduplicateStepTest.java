package io.logcaster.transform;

import static io.logcaster.transform.Chains.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.record.Cardinality;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeduplicateStepTest {

  private static final long WINDOW = 1_000;

  private long now = 5_000;

  private final DeduplicateStep step =
      new DeduplicateStep(DeduplicateStep.usualFields(), WINDOW, () -> now);

  private final TransformChain chain =
      new TransformChain(
          List.of(
              new TransformChain.Link(
                  "d", null, List.of(), step, new TransformCounters(), new ErrorMarks("d"))),
          new Finish(List.of("host", "app"), Cardinality.unlimited(), () -> 0),
          TransformChain.NOBODY);

  private static List<String> texts(List<Portion> portions) {
    return Chains.rows(portions).stream()
        .map((row) -> row.get("_msg") + row.getOrDefault("_folded", ""))
        .toList();
  }

  @Test
  void equalRecords_areFoldedIntoTheFirst_andCountedAtTheEnd() {
    List<String> stored =
        new ArrayList<>(
            texts(
                chain.run(
                    Chains.work(
                        false,
                        record("up"),
                        record("up"),
                        record("down"),
                        record("up"),
                        record("up", "app", "other")))));
    assertThat(stored).containsExactly("up", "down", "up");
    assertThat(step.due()).isEqualTo(now + WINDOW);

    now += WINDOW;
    List<Portion> ended = chain.expire(now, false);

    assertThat(texts(ended)).containsExactly("up2");
    assertThat(ended.getFirst().receipts()).as("a record of the server's own").isEmpty();
    assertThat(texts(chain.run(Chains.work(false, record("up"))))).containsExactly("up");
  }

  @Test
  void foldedRecord_waitsForTheFirst() {
    Work first = Chains.work(false, record("up"));
    chain.run(first);

    Portion folded = chain.run(Chains.work(false, record("up"))).getFirst();

    assertThat(folded.batch().size()).isZero();
    assertThat(folded.awaited()).containsExactly(first.passage);
  }

  @Test
  void recordThatWasNotStored_foldsNothing() {
    Work first = Chains.work(false, record("up"));
    chain.run(first);
    first.passage.release(new IllegalStateException("disk full"));

    Portion again = chain.run(Chains.work(false, record("up"))).getFirst();

    assertThat(texts(List.of(again))).containsExactly("up");
    assertThat(again.awaited()).isEmpty();
  }
}
