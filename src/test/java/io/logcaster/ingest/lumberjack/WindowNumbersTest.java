package io.logcaster.ingest.lumberjack;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.delivery.Spans.Span;
import org.junit.jupiter.api.Test;

class WindowNumbersTest {

  private final WindowNumbers numbers = new WindowNumbers();

  private void window(int... events) {
    numbers.window(0);
    for (int event : events) {
      numbers.event(event);
    }
  }

  @Test
  void windows_thatBeginWithOne_leaveOutNothing() {
    window(1, 2, 3);
    window(1, 2);

    assertThat(numbers.takeMissing()).isEmpty();
    assertThat(numbers.takeCount()).isEqualTo(5);
    assertThat(numbers.takeCount()).isZero();
  }

  @Test
  void windows_thatCountOn_leaveOutNothing() {
    window(41, 42);
    window(43, 44);

    assertThat(numbers.takeMissing()).isEmpty();
  }

  @Test
  void event_afterAJump_tellsWhatIsMissing() {
    window(1, 2, 6);
    window(9);

    assertThat(numbers.takeMissing()).containsExactly(new Span(3, 5), new Span(7, 8));
  }

  @Test
  void event_repeatedInItsWindow_isNoGap() {
    window(1, 2, 3, 2, 3, 4);

    assertThat(numbers.takeMissing()).isEmpty();
  }

  @Test
  void window_begunBeforeTheLastWasComplete_tellsTheRest() {
    window(1, 2);
    numbers.window(3);
    numbers.event(1);

    assertThat(numbers.takeMissing()).containsExactly(new Span(3, 5));
  }
}
