package io.logcaster.ingest.gelf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class GelfChunksTest {

  private final GelfChunks chunks = new GelfChunks();

  private byte[] add(long id, int number, int count, String part, String sender, long second) {
    byte[] text = part.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer chunk = ByteBuffer.allocate(12 + text.length);
    chunk.put((byte) 0x1e).put((byte) 0x0f).putLong(id);
    chunk.put((byte) number).put((byte) count).put(text);
    return chunks.add(chunk.array(), chunk.capacity(), sender, TimeUnit.SECONDS.toNanos(second));
  }

  @Test
  void chunks_areJoinedPerSender() {
    assertThat(add(1, 1, 2, "b", "x", 0)).isNull();
    assertThat(add(1, 0, 2, "A", "y", 0)).isNull();
    assertThat(add(1, 0, 2, "a", "x", 0)).asString(StandardCharsets.US_ASCII).isEqualTo("ab");
    assertThat(chunks.pending()).isEqualTo(1);
  }

  @Test
  void incompleteChunks_areDroppedAfterFiveSeconds() {
    add(1, 0, 2, "a", "x", 0);
    add(2, 0, 2, "a", "x", 3);
    chunks.expire(TimeUnit.SECONDS.toNanos(6));
    assertThat(chunks.pending()).isEqualTo(1);
    assertThat(chunks.takeGivenUp()).isEqualTo(1);
    assertThat(chunks.takeGivenUp()).isZero();
  }

  @Test
  void manyFirstChunks_doNotFillTheMemory() {
    String part = "x".repeat(60_000);
    for (int i = 0; i < 5_000; i++) {
      add(i, 0, 128, part, "x", 0);
    }
    assertThat(chunks.pending()).isLessThanOrEqualTo(280);
    for (int i = 0; i < 5_000; i++) {
      add(-i, 0, 128, "", "x", 0);
    }
    assertThat(chunks.pending()).isLessThanOrEqualTo(1000);
  }

  @Test
  void impossibleChunks_areCounted() {
    assertThat(add(1, 5, 2, "a", "x", 0)).isNull();
    assertThat(add(1, 0, 0, "a", "x", 0)).isNull();
    assertThat(add(1, 0, 200, "a", "x", 0)).isNull();
    assertThat(chunks.add(new byte[] {0x1e, 0x0f, 1}, 3, "x", 0)).isNull();
    assertThat(chunks.takeGivenUp()).isEqualTo(4);
    assertThat(chunks.pending()).isZero();
  }
}
