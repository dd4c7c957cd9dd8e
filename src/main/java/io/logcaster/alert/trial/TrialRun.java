package io.logcaster.alert.trial;

import io.logcaster.alert.AlertState;
import io.logcaster.alert.state.Alert;
import io.logcaster.alert.state.GroupMachine;
import io.logcaster.alert.state.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs the state machine of live alerts over the steps of a trial. */
final class TrialRun {

  private final TrialGrid grid;
  private final Instant[] times;

  TrialRun(TrialGrid grid) {
    this.grid = grid;
    this.times = new Instant[grid.count()];
    for (int i = 0; i < times.length; i++) {
      times[i] = grid.time(i);
    }
  }

  /** Receives what fires. */
  @FunctionalInterface
  private interface Firings {

    /** Returns whether further ones matter. */
    boolean fired(Alert alert, int index, @Nullable Instant to);
  }

  /** All alerts of a group that would have fired. */
  List<TrialAnswer.Firing> firings(Track track, Duration hold, Duration keepFiring) {
    List<TrialAnswer.Firing> found = new ArrayList<>();
    run(
        track,
        hold,
        keepFiring,
        (alert, index, to) ->
            found.add(
                new TrialAnswer.Firing(
                    alert.labels(),
                    times[index],
                    to,
                    alert.value(),
                    alert.severity(),
                    alert.reason())));
    return found;
  }

  /**
   * How often a group would have fired.
   *
   * @param enough counting ends here
   */
  int count(Track track, Duration hold, Duration keepFiring, int enough) {
    int[] count = new int[1];
    run(track, hold, keepFiring, (alert, index, to) -> ++count[0] < enough);
    return count[0];
  }

  private void run(Track track, Duration hold, Duration keepFiring, Firings firings) {
    Timers timers = new Timers(hold, keepFiring, Instant.MIN);
    GroupMachine machine = new GroupMachine(track.labels(), times[0]);
    Alert firing = null;
    int firedAt = 0;
    for (int i = 0; i < grid.count(); i++) {
      boolean idle = machine.state() == AlertState.INACTIVE;
      if (idle && !track.mayHold(i)) {
        continue;
      }
      if (!machine.step(timers, track.verdict(i), times[i])) {
        continue;
      }
      if (machine.state() == AlertState.FIRING) {
        if (firing == null) {
          firing = machine.alert();
          firedAt = i;
        }
      } else if (firing != null && machine.state() == AlertState.INACTIVE) {
        if (!firings.fired(firing, firedAt, times[i])) {
          return;
        }
        firing = null;
      }
    }
    if (firing != null) {
      firings.fired(firing, firedAt, null);
    }
  }
}
