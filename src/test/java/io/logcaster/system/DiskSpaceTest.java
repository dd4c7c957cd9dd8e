package io.logcaster.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

class DiskSpaceTest {

  @TempDir Path dir;

  @Test
  void minimum_isAGigabyteOrFivePercentTheSmaller() {
    assertThat(DiskSpace.defaultMinimum(DataSize.ofGigabytes(500).toBytes()))
        .isEqualTo(DataSize.ofGigabytes(1).toBytes());
    assertThat(DiskSpace.defaultMinimum(1_000_000)).isEqualTo(50_000);
  }

  @Test
  void health_isDownWhileTheVolumeIsBelowItsMinimum() {
    try (DataDirectory directory = DataDirectory.open(dir)) {
      DiskSpace low =
          new DiskSpace(directory, new DiskProperties(DataSize.ofBytes(Long.MAX_VALUE)));
      DiskSpace enough = new DiskSpace(directory, new DiskProperties(DataSize.ofBytes(0)));

      assertThat(low.isLow()).isTrue();
      assertThat(status(low, directory)).isEqualTo("DOWN");
      assertThat(enough.isLow()).isFalse();
      assertThat(status(enough, directory)).isEqualTo("UP");
      assertThat(enough.free()).isLessThanOrEqualTo(enough.total());
    }
  }

  @Test
  void negativeMinimum_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DiskProperties(DataSize.ofBytes(-1)))
        .withMessageContaining("logcaster.storage.min-free-space");
  }

  private static String status(DiskSpace disk, DataDirectory directory) {
    return new DiskHealthIndicator(disk, directory).health().getStatus().getCode();
  }
}
