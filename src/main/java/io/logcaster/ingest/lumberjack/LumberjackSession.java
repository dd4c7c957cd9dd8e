package io.logcaster.ingest.lumberjack;

import io.logcaster.delivery.SenderId;
import io.logcaster.ingest.AcknowledgingSession;
import io.logcaster.ingest.Bytes;
import io.logcaster.ingest.InputContext;
import io.logcaster.ingest.LargeMessages;
import io.logcaster.ingest.MalformedFrameException;
import io.logcaster.ingest.json.JsonNames;
import io.logcaster.ingest.json.JsonParser;
import io.logcaster.record.ByteBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Speaks version 2 of the Lumberjack protocol, as Beats do with Logstash. Numbers are big-endian.
 *
 * <pre>
 * 2 W  count u32                             a window: the number of events before an acknowledgement
 * 2 J  sequence u32, length u32, JSON        an event
 * 2 C  length u32, frames packed with zlib
 * 2 A  sequence u32                          acknowledges all events up to this one
 * </pre>
 *
 * <p>An event that is no JSON object is stored as a line that says so, as everywhere.
 */
public final class LumberjackSession extends AcknowledgingSession<Integer> {

  private static final int VERSION = '2';

  private static final int WINDOW_FRAME = 6;

  private static final int COMPRESSED_HEAD = 6;

  private static final int EVENT_HEAD = 10;

  private static final int ACK_FRAME = 6;

  /** The longest name of a sender in characters. */
  private static final int MAX_NAME = 500;

  /** How many bytes tell whether a connection speaks it. */
  public static final int MAGIC_LENGTH = 3;

  private final JsonParser parser;
  private final int maxRecordSize;

  /** Events that are still to come in the window. */
  private long awaited;

  private final WindowNumbers numbers = new WindowNumbers();

  /** Who sends, by its own words or its address; null before its first event. */
  private @Nullable SenderId sender;

  public LumberjackSession(
      InputContext context, Peer peer, LargeMessages largeMessages, int maxRecordSize) {
    super(context, peer, largeMessages, "malformed_lumberjack");
    this.parser = new JsonParser(submitter.writer(), JsonNames.DEFAULT, maxRecordSize);
    this.maxRecordSize = maxRecordSize;
  }

  /**
   * Whether bytes begin a connection of it: a window, whose count is never so large that its first
   * byte could be one of a text. Fewer than {@link #MAGIC_LENGTH} may only seem to.
   */
  public static boolean mayBegin(byte[] bytes, int from, int to) {
    return bytes[from] == VERSION
        && (to - from < 2 || bytes[from + 1] == 'W')
        && (to - from < 3 || bytes[from + 2] == 0);
  }

  @Override
  public String protocol() {
    return "lumberjack";
  }

  @Override
  protected int readFrame(byte[] bytes, int from, int to)
      throws IOException, MalformedFrameException, InterruptedException {
    return frame(bytes, from, to, true);
  }

  /**
   * Reads one frame.
   *
   * @param mayUnpack whether it may be a packed one
   * @return the index after it; -1 where it is not complete yet
   */
  private int frame(byte[] bytes, int from, int to, boolean mayUnpack)
      throws IOException, MalformedFrameException, InterruptedException {
    if (bytes[from] != VERSION) {
      throw new MalformedFrameException("no frame of version 2");
    }
    if (to - from < WINDOW_FRAME) {
      return -1;
    }
    return switch (bytes[from + 1]) {
      case 'W' -> {
        numbers.window(awaited);
        awaited = number(bytes, from + 2);
        yield from + WINDOW_FRAME;
      }
      case 'J' -> {
        int end = (to - from < EVENT_HEAD) ? -1 : end(bytes, from, to, EVENT_HEAD);
        if (end >= 0) {
          event((int) number(bytes, from + 2), bytes, from + EVENT_HEAD, end);
        }
        yield end;
      }
      case 'C' -> {
        int end = end(bytes, from, to, COMPRESSED_HEAD);
        if (!mayUnpack) {
          throw new MalformedFrameException("a packed frame within a packed one");
        }
        if (end >= 0) {
          packed(bytes, from + COMPRESSED_HEAD, end);
        }
        yield end;
      }
      default -> throw new MalformedFrameException("an unknown type of frame");
    };
  }

  /** The index after a frame whose length ends its head; -1 where it is not complete yet. */
  private static int end(byte[] bytes, int from, int to, int head) throws MalformedFrameException {
    long length = number(bytes, from + head - 4);
    if (length > LargeMessages.LARGE - head) {
      throw new MalformedFrameException("a frame above the limit");
    }
    return (to - from < head + length) ? -1 : from + head + (int) length;
  }

  private static long number(byte[] bytes, int at) {
    return ByteBuffer.wrap(bytes).getInt(at) & 0xffffffffL;
  }

  private void packed(byte[] bytes, int from, int to)
      throws IOException, MalformedFrameException, InterruptedException {
    LargeMessages.Packed packed =
        () -> new InflaterInputStream(new ByteArrayInputStream(bytes, from, to - from));
    try (LargeMessages.Unpacked frames = unpack(packed)) {
      int at = 0;
      while (at < frames.length()) {
        at = frame(frames.bytes(), at, frames.length(), false);
        if (at < 0) {
          throw new MalformedFrameException("a packed frame that ends early");
        }
      }
    }
  }

  private void event(int sequence, byte[] bytes, int from, int to) throws InterruptedException {
    beginFrame();
    String error = parser.parse(bytes, from, to, false, false);
    if (sender == null) {
      sender = sender();
    }
    if (error == null) {
      submitter.writer().end();
    } else {
      int end = to;
      if (to - from > maxRecordSize) {
        end = Bytes.cut(bytes, from, maxRecordSize);
        submitter.writer().cut();
      }
      submitter.writer().endAsRaw(error, bytes, from, end);
    }
    numbers.event(sequence & 0xffffffffL);
    recordRead();
    if (--awaited <= 0) {
      acknowledgeWhenDurable(sequence);
    }
  }

  /** The sender by the names that Beats put into their events, or by its address. */
  private SenderId sender() {
    ByteBuilder name = new ByteBuilder(64);
    if (!copy("agent.name", name) && !copy("host", name)) {
      name.append(peer.host());
    }
    name.append(":");
    if (!copy("agent.type", name)) {
      name.append("lumberjack");
    }
    String text = new String(name.array(), 0, name.length(), StandardCharsets.UTF_8);
    return new SenderId(
        SenderId.Protocol.LUMBERJACK, text.substring(0, Math.min(text.length(), MAX_NAME)));
  }

  private boolean copy(String field, ByteBuilder text) {
    byte[] name = field.getBytes(StandardCharsets.UTF_8);
    return submitter.writer().builder().copyValue(name, 0, name.length, text);
  }

  @Override
  protected void acknowledge(List<Integer> durable) throws IOException {
    if (sender != null) {
      context.deliveries().windows(sender, numbers.takeCount(), numbers.takeMissing());
    }
    ByteBuffer acks = ByteBuffer.allocate(durable.size() * ACK_FRAME);
    durable.forEach((last) -> acks.put((byte) VERSION).put((byte) 'A').putInt(last));
    peer.write(acks.array(), acks.capacity());
  }
}
