package io.logcaster.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.logcaster.storage.Batches;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeliveryMarkTest {

  private static final DeliveryMark MARK = new DeliveryMark("c", 2, 1);

  private static final RecordBatch BATCH =
      Batches.of(
              new LogRecord(1, 0, "one", List.of(new Field("host", "a"))),
              new LogRecord(2, 0, "two", List.of()))
          .withMark(MARK);

  @Test
  void aSelectionOfABatch_keepsItsMark_evenWithoutRows() {
    Bitmap none = Bitmap.none(2);
    Bitmap one = Bitmap.none(2);
    one.set(1);
    assertThat(BATCH.mark()).isEqualTo(MARK);
    assertThat(BATCH.records()).hasSize(2);
    assertThat(BATCH.select(one).mark()).isEqualTo(MARK);
    assertThat(BATCH.select(one).records()).extracting(LogRecord::message).containsExactly("two");
    assertThat(BATCH.select(none).mark()).isEqualTo(MARK);
    assertThat(BATCH.select(none).size()).isZero();
  }

  @Test
  void aMarkThatCannotBeKept_isRefused() {
    assertThat(new DeliveryMark("é".repeat(64), Long.MAX_VALUE, -1)).isNotNull();
    assertThatIllegalArgumentException().isThrownBy(() -> new DeliveryMark("", 1, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DeliveryMark("é".repeat(65), 1, 0))
        .withMessageContaining("130 bytes");
    assertThat(new DeliveryMark("c", 0, 7)).as("counts anew").isNotNull();
    assertThatIllegalArgumentException().isThrownBy(() -> new DeliveryMark("c", 1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new DeliveryMark("c", -1, 1));
  }
}
