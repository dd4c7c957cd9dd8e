package io.logcaster.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InMemoryLogStorageTest extends LogStorageContract {

  @Override
  protected LogStorage open() {
    return new InMemoryLogStorage(1 << 28);
  }

  @Override
  protected boolean isDurable() {
    return false;
  }

  @Override
  protected LogStorage reopen() {
    throw new AssertionError("What was in memory is gone");
  }

  @Test
  void append_beyondTheCapacity_dropsTheOldestBatch() {
    try (InMemoryLogStorage small = new InMemoryLogStorage(100_000)) {
      for (int i = 0; i < 1_000; i++) {
        small.append(batch(record(NOON + i, 0, "number " + i)));
      }
      StorageStats stats = small.stats();
      assertThat(stats.bytes()).isBetween(1L, 100_000L);
      assertThat(stats.maxTime()).isEqualTo(NOON + 999);
      assertThat(stats.minTime()).isGreaterThan(NOON);
    }
  }
}
