package io.logcaster.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LargeMessagesTest {

  /** A quarter of a gigabyte: room for two messages that arrive and 32 MB unpacked. */
  private final LargeMessages memory = new LargeMessages(256 << 20);

  @Test
  void connection_waitsUntilAnotherHasFinishedItsLargeMessage() throws Exception {
    LargeMessages.Share first = memory.share();
    LargeMessages.Share second = memory.share();
    assertThat(first.grow(LargeMessages.SMALL - 1)).isTrue();
    assertThat(first.limit()).as("needs no room yet").isEqualTo(LargeMessages.SMALL);
    assertThat(first.grow(LargeMessages.SMALL)).isTrue();
    assertThat(second.grow(LargeMessages.SMALL)).isTrue();
    assertThat(first.limit()).isEqualTo(LargeMessages.LARGE);
    LargeMessages.Share third = memory.share();
    var waiting =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return third.grow(LargeMessages.SMALL);
              } catch (IOException | InterruptedException ex) {
                throw new AssertionError(ex);
              }
            });
    first.settle(LargeMessages.SMALL);
    assertThat(first.limit())
        .as("keeps the room of a message that is on its way")
        .isEqualTo(LargeMessages.LARGE);
    assertThat(first.grow(LargeMessages.LARGE)).as("longer than any may be").isFalse();
    assertThat(third.limit()).isEqualTo(LargeMessages.SMALL);
    first.settle(0);
    await().until(waiting::isDone);
    assertThat(third.limit()).isEqualTo(LargeMessages.LARGE);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_536, 4 << 20, (4 << 20) + 1, 32 << 20})
  void message_isDecompressedCompletely(int length) throws Exception {
    byte[] content = new byte[length];
    Arrays.fill(content, (byte) 7);
    try (LargeMessages.Unpacked unpacked = memory.unpack(() -> new ByteArrayInputStream(content))) {
      assertThat(unpacked.length()).isEqualTo(length);
      assertThat(Arrays.equals(content, 0, length, unpacked.bytes(), 0, length)).isTrue();
    }
  }

  @Test
  void endlessMessage_isRefused_andReleasesItsRoom() throws Exception {
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> memory.unpack(() -> new Endless()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("unpacks to more than");
    }
    try (LargeMessages.Unpacked unpacked =
        memory.unpack(() -> new ByteArrayInputStream(new byte[32 << 20]))) {
      assertThat(unpacked.length()).isEqualTo(32 << 20);
    }
  }

  private static final class Endless extends InputStream {
    @Override
    public int read() {
      return 0;
    }

    @Override
    public int read(byte[] bytes, int from, int length) {
      return length;
    }
  }
}
