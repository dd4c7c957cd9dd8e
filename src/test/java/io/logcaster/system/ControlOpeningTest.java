package io.logcaster.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlOpeningTest {

  @TempDir Path dir;

  @Test
  void startThatFailedElsewhere_leavesNoDatabaseOpen() {
    try (DataDirectory directory = DataDirectory.open(dir)) {
      new ControlOpening(
              directory, new ControlProperties(null, null, null, null), Clock.systemUTC())
          .close();

      // H2 locks the file while it is open.
      try (ControlOpening next =
              new ControlOpening(
                  directory, new ControlProperties(null, null, null, null), Clock.systemUTC());
          ControlPool pool = next.pool()) {
        assertThat(pool.isClosed()).isFalse();
      }
    }
  }

  @Test
  void poolThatWasHandedOver_isItsOwnersToClose() {
    try (DataDirectory directory = DataDirectory.open(dir)) {
      ControlOpening opening =
          new ControlOpening(
              directory, new ControlProperties(null, null, null, null), Clock.systemUTC());
      try (ControlPool pool = opening.pool()) {
        opening.close();

        assertThat(pool.isClosed()).isFalse();
      }
    }
  }

  @Test
  void failure_isToldToWhoAsks_andDoesNotDisturbTheEnd() throws Exception {
    try (DataDirectory directory = DataDirectory.open(dir)) {
      // Neither a file nor a database.
      Files.createDirectories(dir.resolve("control.mv.db").resolve("inside"));
      ControlOpening opening =
          new ControlOpening(
              directory, new ControlProperties(null, null, null, null), Clock.systemUTC());

      assertThatThrownBy(opening::pool).isInstanceOf(RuntimeException.class);
      opening.close();
    }
  }
}
