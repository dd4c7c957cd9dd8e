package io.logcaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.ingest.Transcoder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
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
    return read(content, offset, end, Transcoder.NONE);
  }

  private List<byte[]> read(byte[] content, long offset, long end, Transcoder transcoder)
      throws IOException {
    List<byte[]> frames = new ArrayList<>();
    FrameReader reader = new FrameReader(inPieces(content, (int) offset), offset, end, transcoder);
    for (int length = reader.next(); length > 0; length = reader.next()) {
      frames.add(Arrays.copyOf(reader.buffer(), length));
    }
    return frames;
  }

  @Test
  void wideText_isSplitAtLineFeeds_andDecoded() throws IOException {
    // Characters with a byte of a line feed in either half.
    String line = "\u0a05 \u010a \u0a0a \ud83d\ude00 " + "text ".repeat(30) + "\r\n";
    String text = line.repeat(3_000) + "last";
    for (Transcoder transcoder : List.of(Transcoder.UTF_16LE, Transcoder.UTF_16BE)) {
      byte[] content =
          ("\ufeff" + text)
              .getBytes(
                  transcoder == Transcoder.UTF_16LE
                      ? StandardCharsets.UTF_16LE
                      : StandardCharsets.UTF_16BE);
      List<byte[]> frames = read(content, 0, -1, transcoder);
      assertThat(frames).hasSizeGreaterThan(2);
      assertThat(frames.subList(0, frames.size() - 1))
          .allSatisfy((frame) -> assertThat(frame[frame.length - 1]).isEqualTo((byte) '\n'));
      assertThat(new String(joined(frames), StandardCharsets.UTF_8)).isEqualTo(text);
    }
  }

  @Test
  void byteOrderMark_isRemovedFromTheFirstFrame() throws IOException {
    byte[] content = "\ufeff{\"a\":1}\nb\n".getBytes(StandardCharsets.UTF_8);
    assertThat(joined(read(content, 0, -1, Transcoder.UTF_8)))
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("{\"a\":1}\nb\n");
    assertThat(joined(read(content, 11, -1, Transcoder.UTF_8)))
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("b\n");
  }

  @Test
  void frames_containCompleteLinesAndAllOfTheContent() throws IOException {
    byte[] content = lines(3_000_000);
    List<byte[]> frames = read(content, 0, -1);

    assertThat(frames).hasSizeGreaterThan(5);
    assertThat(frames)
        .allSatisfy((frame) -> assertThat(frame[frame.length - 1]).isEqualTo((byte) '\n'));
    assertThat(joined(frames)).isEqualTo(content);
  }

  @Test
  void laterRun_splitsAtTheSamePositions() throws IOException {
    byte[] content = lines(3_000_000);
    List<byte[]> frames = read(content, 0, content.length);
    long offset = (long) frames.get(0).length + frames.get(1).length;

    assertThat(read(content, offset, content.length))
        .containsExactlyElementsOf(frames.subList(2, frames.size()));
  }

  @Test
  void end_withinALine_isHonoured() throws IOException {
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

  @Test
  void partsOfContainerLines_stayInOneFrame() throws IOException {
    String part = "2026-11-20T07:08:09.5Z stdout P " + "p".repeat(16_000) + "\n";
    String other = "2026-11-20T07:08:09.5Z stderr F other\n";
    String end = "2026-11-20T07:08:09.5Z stdout F end\n";
    byte[] content =
        (part.repeat(3) + other + part.repeat(4) + end).repeat(20).getBytes(StandardCharsets.UTF_8);
    List<byte[]> frames = read(content, 0, -1);

    assertThat(frames)
        .hasSizeGreaterThan(3)
        .allSatisfy((frame) -> assertThat(new String(frame, StandardCharsets.UTF_8)).endsWith(end));
    assertThat(joined(frames)).isEqualTo(content);
  }

  private static byte[] joined(List<byte[]> frames) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    frames.forEach(all::writeBytes);
    return all.toByteArray();
  }
}
