package io.logcaster.ingest.lumberjack;

import io.logcaster.ingest.AwaitedBatches;
import io.logcaster.ingest.BatchSubmitter;
import io.logcaster.ingest.Bytes;
import io.logcaster.ingest.InputContext;
import io.logcaster.ingest.LargeMessages;
import io.logcaster.ingest.Session;
import io.logcaster.ingest.json.JsonNames;
import io.logcaster.ingest.json.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.InflaterInputStream;

/**
 * Speaks version 2 of the Lumberjack protocol, as Beats do with Logstash. Numbers are big-endian.
 *
 * <pre>
 * 2 W  count u32                             a window: so many events until an answer is due
 * 2 J  sequence u32, length u32, JSON        an event
 * 2 C  length u32, frames packed with zlib
 * 2 A  sequence u32                          the answer: all events up to this one are durable
 * </pre>
 *
 * <p>An event that is no JSON object is stored as a line that says so, as everywhere.
 */
public final class LumberjackSession implements Session {

  private static final int VERSION = '2';

  private static final int WINDOW_FRAME = 6;

  private static final int COMPRESSED_HEAD = 6;

  private static final int EVENT_HEAD = 10;

  private static final int ANSWER = 6;

  /** How many bytes tell whether a connection speaks it. */
  public static final int MAGIC_LENGTH = 3;

  private static final long MAX_DELAY_NANOS = 100_000_000L;

  private final InputContext context;
  private final Peer peer;
  private final AwaitedBatches batches;
  private final BatchSubmitter sender;
  private final JsonParser parser;
  private final int maxRecordSize;
  private final LargeMessages memory;
  private final LargeMessages.Share share;

  /** Events that are still to come in the window. */
  private long awaited;

  /** The last events of windows whose answers are due. */
  private final List<Integer> due = new ArrayList<>();

  private boolean ended;
  private long malformed;
  private long batchSince;
  private long arrived;

  public LumberjackSession(
      InputContext context, Peer peer, LargeMessages memory, int maxRecordSize) {
    this.context = context;
    this.peer = peer;
    this.sender = new BatchSubmitter(context, peer.host());
    this.batches = new AwaitedBatches(sender);
    this.parser = new JsonParser(sender.writer(), JsonNames.DEFAULT, maxRecordSize);
    this.maxRecordSize = maxRecordSize;
    this.memory = memory;
    this.share = memory.share();
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
  public int largestMessage() {
    return share.limit();
  }

  @Override
  public void arrived(long nanos) {
    arrived = nanos;
    sender.arrived();
  }

  @Override
  public int decode(byte[] bytes, int from, int to, boolean quiet)
      throws IOException, InterruptedException {
    int at = from;
    try {
      while (!ended && at < to) {
        int next = frame(bytes, at, to, true);
        if (next < 0) {
          if (!share.grow(to - at)) {
            throw new MalformedException();
          }
          break;
        }
        at = next;
      }
    } catch (LargeMessages.FullException ex) {
      context.metrics().note("overloaded", 1);
      ended = true;
    } catch (MalformedException ex) {
      reject();
      ended = true;
    }
    share.settle(to - at);
    return ended ? to : at;
  }

  /**
   * Reads one frame.
   *
   * @param mayUnpack whether it may be a packed one
   * @return the index after it; -1 where it is not complete yet
   */
  private int frame(byte[] bytes, int from, int to, boolean mayUnpack)
      throws IOException, MalformedException, InterruptedException {
    if (bytes[from] != VERSION) {
      throw new MalformedException();
    }
    if (to - from < WINDOW_FRAME) {
      return -1;
    }
    return switch (bytes[from + 1]) {
      case 'W' -> {
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
          throw new MalformedException();
        }
        if (end >= 0) {
          packed(bytes, from + COMPRESSED_HEAD, end);
        }
        yield end;
      }
      default -> throw new MalformedException();
    };
  }

  /** The index after a frame whose length ends its head; -1 where it is not complete yet. */
  private static int end(byte[] bytes, int from, int to, int head) throws MalformedException {
    long length = number(bytes, from + head - 4);
    if (length > LargeMessages.LARGE - head) {
      throw new MalformedException();
    }
    return (to - from < head + length) ? -1 : from + head + (int) length;
  }

  private static long number(byte[] bytes, int at) {
    return ByteBuffer.wrap(bytes).getInt(at) & 0xffffffffL;
  }

  private void packed(byte[] bytes, int from, int to)
      throws IOException, MalformedException, InterruptedException {
    LargeMessages.Packed packed =
        () -> new InflaterInputStream(new ByteArrayInputStream(bytes, from, to - from));
    try (LargeMessages.Unpacked frames = unpack(packed)) {
      int at = 0;
      while (at < frames.length()) {
        at = frame(frames.bytes(), at, frames.length(), false);
        if (at < 0) {
          throw new MalformedException();
        }
      }
    }
  }

  private LargeMessages.Unpacked unpack(LargeMessages.Packed packed)
      throws IOException, MalformedException, InterruptedException {
    try {
      return memory.unpack(packed);
    } catch (LargeMessages.FullException ex) {
      throw ex;
    } catch (IOException ex) {
      throw new MalformedException();
    }
  }

  private void event(int sequence, byte[] bytes, int from, int to) throws InterruptedException {
    if (!hasRecords()) {
      batchSince = arrived;
    }
    String error = parser.parse(bytes, from, to, false, false);
    if (error == null) {
      sender.writer().end();
    } else {
      int end = to;
      if (to - from > maxRecordSize) {
        end = Bytes.cut(bytes, from, maxRecordSize);
        sender.writer().cut();
      }
      sender.writer().endAsRaw(error, bytes, from, end);
    }
    batches.handInFull();
    if (--awaited <= 0) {
      due.add(sequence);
    }
  }

  @Override
  public boolean hasRecords() {
    return !sender.isEmpty() || !due.isEmpty();
  }

  @Override
  public boolean isFlushDue(long nanos) {
    return !due.isEmpty() || (hasRecords() && nanos - batchSince > MAX_DELAY_NANOS);
  }

  @Override
  public void flush() throws IOException, InterruptedException {
    if (due.isEmpty()) {
      batches.handIn();
    } else if (batches.await()) {
      ByteBuffer answers = ByteBuffer.allocate(due.size() * ANSWER);
      due.forEach(last -> answers.put((byte) VERSION).put((byte) 'A').putInt(last));
      peer.write(answers.array(), answers.capacity());
    } else {
      ended = true;
    }
    due.clear();
  }

  @Override
  public boolean isEnded() {
    return ended;
  }

  @Override
  public void end(byte[] bytes, int from, int to) throws IOException, InterruptedException {
    if (decode(bytes, from, to, true) < to) {
      reject();
    }
    flush();
  }

  private void reject() {
    malformed++;
    context.metrics().reject("malformed_lumberjack", 1);
  }

  @Override
  public long memoryBytes() {
    return sender.memoryBytes();
  }

  @Override
  public void slim() {
    sender.slim();
  }

  @Override
  public void release() {
    share.settle(0);
  }

  @Override
  public long records() {
    return sender.records();
  }

  @Override
  public long errors() {
    return malformed + sender.errors();
  }

  /** What came is no frame. */
  private static final class MalformedException extends Exception {
    private static final long serialVersionUID = 1;
  }
}
