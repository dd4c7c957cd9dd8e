package io.logcaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameReaderTest {

  private static final long SEED = 17;

  private final Random random = new Random(SEED);

  /** Gives what it has in pieces of any size, as a socket or an unpacker does. */
  private InputStream inPieces(byte[] content, int from) {
    return new ByteArrayInputStream(content, from, content.length - from) {
      @Override
      public synchronized int read(byte[] target, int at, int length) {
        return super.read(target, at, Math.min(length, 1 + random.nextInt(100_000)));
      }
    };
  }

  private byte[] lines(int bytes) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    while (content.size() < bytes) {
      byte[] line = new byte[random.nextInt(2_000)];
      Arrays.fill(line, (byte) ('a' + random.nextInt(26)));
      content.writeBytes(line);
      content.write('\n');
    }
    return content.toByteArray();
  }

  private List<byte[]> read(byte[] content, long offset, long end) throws IOException {
    List<byte[]> frames = new ArrayList<>();
    FrameReader reader = new FrameReader(inPieces(content, (int) offset), offset, end);
    for (int length = reader.next(); length > 0; length = reader.next()) {
      frames.add(Arrays.copyOf(reader.buffer(), length));
    }
    return frames;
  }

  @Test
  void frames_areWholeLinesAndAllOfTheContent() throws IOException {
    byte[] content = lines(3_000_000);
    List<byte[]> frames = read(content, 0, -1);

    assertThat(frames).hasSizeGreaterThan(5);
    assertThat(frames)
        .allSatisfy(frame -> assertThat(frame[frame.length - 1]).isEqualTo((byte) '\n'));
    assertThat(joined(frames)).isEqualTo(content);
  }

  @Test
  void aLaterRun_cutsInTheSamePlaces() throws IOException {
    byte[] content = lines(3_000_000);
    List<byte[]> frames = read(content, 0, content.length);
    long offset = (long) frames.get(0).length + frames.get(1).length;

    assertThat(read(content, offset, content.length))
        .containsExactlyElementsOf(frames.subList(2, frames.size()));
  }

  @Test
  void end_isKeptEvenInTheMiddleOfALine() throws IOException {
    byte[] content = "first\nsecond\nthird".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    assertThat(new String(joined(read(content, 0, 9)), java.nio.charset.StandardCharsets.UTF_8))
        .isEqualTo("first\nsec");
    assertThat(read(content, 6, -1)).hasSize(1);
    assertThat(read(content, content.length, -1)).isEmpty();
  }

  @Test
  void lineLongerThanAFrame_becomesSeveral() throws IOException {
    byte[] content = new byte[FrameReader.FRAME * 2 + 10];
    Arrays.fill(content, (byte) 'x');
    content[content.length - 3] = '\n';

    List<byte[]> frames = read(content, 0, -1);
    assertThat(frames).hasSize(3);
    assertThat(joined(frames)).isEqualTo(content);
  }

  private static byte[] joined(List<byte[]> frames) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    frames.forEach(all::writeBytes);
    return all.toByteArray();
  }
}
