package io.logcaster.alert.state;

import static io.logcaster.alert.AlertState.FIRING;
import static io.logcaster.alert.AlertState.INACTIVE;
import static io.logcaster.alert.AlertState.PENDING;
import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.alert.AlertState;
import io.logcaster.alert.condition.AlertLevels;
import io.logcaster.alert.condition.Comparison;
import io.logcaster.alert.condition.GroupVerdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class GroupMachineTest {

  private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
  private static final AlertLevels LEVELS = new AlertLevels(Comparison.GREATER, 10, 6.0, 3.0, 0);

  private GroupMachine machine = new GroupMachine(Map.of(), START);
  private Duration hold = Duration.ZERO;
  private Duration keepFiring = Duration.ZERO;

  @Test
  void step_betweenThresholdAndRecovery_keepsFiring_butDoesNotStart() {
    assertThat(step(0, 5)).isEqualTo("INACTIVE");
    assertThat(step(5, 11)).isEqualTo("FIRING critical");
    assertThat(step(10, 4)).isEqualTo("FIRING critical");
    assertThat(step(15, 3)).isEqualTo("INACTIVE");
  }

  @Test
  void step_withKeepFiring_resolvesOnlyAfterThatLongWithoutTheCondition() {
    keepFiring = Duration.ofSeconds(30);
    step(0, 11);
    assertThat(step(5, 0)).isEqualTo("FIRING critical");
    assertThat(step(30, 11)).isEqualTo("FIRING critical");
    assertThat(step(40, 0)).isEqualTo("FIRING critical");
    assertThat(step(69, 0)).isEqualTo("FIRING critical");
    assertThat(step(70, 0)).isEqualTo("INACTIVE");
  }

  @Test
  void step_intoAHigherLevel_changesAtOnce_intoALowerOne_afterAMinute() {
    assertThat(step(0, 7)).isEqualTo("FIRING warning");
    assertThat(step(5, 11)).isEqualTo("FIRING critical");
    assertThat(step(10, 7)).isEqualTo("FIRING critical");
    assertThat(step(69, 7)).isEqualTo("FIRING critical");
    assertThat(step(70, 7)).isEqualTo("FIRING warning");
  }

  @Test
  void step_whilePending_needsTheThresholdAllTheTime() {
    hold = Duration.ofSeconds(10);
    assertThat(step(0, 7)).isEqualTo("PENDING warning");
    assertThat(step(5, 5)).isEqualTo("INACTIVE");
    assertThat(step(10, 7)).isEqualTo("PENDING warning");
    assertThat(step(20, 12)).isEqualTo("FIRING critical");
  }

  @Property(tries = 300)
  void anyHistory_neverSkipsAState_andAContinuedMachineGoesOnLikeAnUninterruptedOne(
      @ForAll @Size(max = 60) List<@IntRange(max = 14) Integer> values,
      @ForAll @IntRange(max = 25) int holdSeconds,
      @ForAll @IntRange(max = 40) int keepSeconds,
      @ForAll @IntRange(max = 60) int restart) {
    hold = Duration.ofSeconds(holdSeconds);
    keepFiring = Duration.ofSeconds(keepSeconds);
    // Flapping is not remembered over a restart, so it must not occur here.
    int step = 700;
    GroupMachine other = new GroupMachine(Map.of(), START);
    machine = new GroupMachine(Map.of(), START);
    List<String> straight = new ArrayList<>();
    List<String> restarted = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      if (i == restart && other.state() != INACTIVE) {
        other = new GroupMachine(other.alert());
      }
      Instant now = START.plusSeconds((long) i * step);
      AlertState before = machine.state();
      String severity = machine.severity();
      boolean changed = machine.step(timers(), verdict(values.get(i)), now);
      AlertState after = machine.state();
      boolean severer = after == FIRING && !severity.equals(machine.severity());
      assertThat(changed).isEqualTo(before != after || (before == FIRING && severer));
      if (!hold.isZero()) {
        assertThat(before == INACTIVE && after == FIRING).isFalse();
      }
      assertThat(before == FIRING && after == PENDING).isFalse();
      straight.add(after + machine.severity());
      other.step(timers(), verdict(values.get(i)), now);
      restarted.add(other.state() + other.severity());
    }
    straight.replaceAll((text) -> text.startsWith("INACTIVE") ? "INACTIVE" : text);
    restarted.replaceAll((text) -> text.startsWith("INACTIVE") ? "INACTIVE" : text);
    assertThat(restarted).isEqualTo(straight);
  }

  private String step(long second, double value) {
    machine.step(timers(), verdict(value), START.plusSeconds(second));
    return machine.state() == INACTIVE
        ? "INACTIVE"
        : (machine.state() == PENDING ? "PENDING " : "FIRING ") + machine.severity();
  }

  private Timers timers() {
    return new Timers(hold, keepFiring, START);
  }

  private static GroupVerdict verdict(double value) {
    return LEVELS.judge(Map.of(), value, 0, "critical", () -> "over 1m");
  }
}
