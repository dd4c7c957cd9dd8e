package io.logcaster.ingest.framed;

import com.github.luben.zstd.Zstd;
import io.logcaster.ingest.BatchSender;
import io.logcaster.ingest.InputContext;
import io.logcaster.ingest.Session;
import io.logcaster.ingest.text.TextDecoder;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads {@linkplain Frame frames} and acknowledges them when their records are durable. */
public final class FramedSession implements Session {

  /** How long the end of a session waits for its last records to become durable. */
  private static final long LAST_ACK_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** A sender of many small frames never pauses; it still waits for its acknowledgements. */
  private static final long MAX_DELAY_NANOS = 20_000_000L;

  /** What zstd says of a frame whose size its sender did not know. */
  private static final long UNKNOWN_SIZE = -1;

  private static final byte[] NOTHING = {};

  private final InputContext context;
  private final BatchSender sender;
  private final TextDecoder decoder;
  private final Acknowledger acknowledger;

  private byte[] unpacked = NOTHING;

  private boolean ended;

  private boolean framesWait;

  /** The last frame whose records are all decoded. */
  private int lastSequence;

  private long frameErrors;

  private long batchSince;

  private long arrived;

  /**
   * Begins a session.
   *
   * @param peer who gets the acknowledgements
   * @param maxRecordSize the longest line in bytes
   */
  public FramedSession(InputContext context, Peer peer, int maxRecordSize) {
    this.context = context;
    this.sender = new BatchSender(context, peer.host());
    this.decoder = TextDecoder.ofLines(sender.writer(), maxRecordSize);
    this.acknowledger = new Acknowledger(peer);
  }

  @Override
  public String protocol() {
    return "framed";
  }

  @Override
  public int largestMessage() {
    return Frame.HEADER + Frame.MAX_PAYLOAD;
  }

  @Override
  public void arrived(long nanos) {
    arrived = nanos;
    sender.arrived();
  }

  @Override
  public int decode(byte[] bytes, int from, int to, boolean quiet) throws InterruptedException {
    int at = from;
    while (!isEnded() && to - at >= Frame.HEADER) {
      if (!Frame.isFrame(bytes, at)) {
        return fail("no frame of version 1 begins here", to);
      }
      long length = Frame.length(bytes, at);
      if (length > Frame.MAX_PAYLOAD) {
        return fail("the payload is longer than " + Frame.MAX_PAYLOAD + " bytes", to);
      }
      int end = at + Frame.HEADER + (int) length;
      if (end > to) {
        break;
      }
      if (!Frame.isIntact(bytes, at, (int) length)) {
        return fail("the checksum is wrong", to);
      }
      String error = frame(bytes, at, end);
      if (error != null) {
        return fail(error, to);
      }
      at = end;
    }
    return isEnded() ? to : at;
  }

  /** Reads a frame; returns null, or what is wrong with it. */
  private @Nullable String frame(byte[] bytes, int at, int end) throws InterruptedException {
    switch (Frame.type(bytes, at)) {
      case Frame.HELLO, Frame.ACK, Frame.PONG -> {}
      case Frame.DATA -> {
        return data(bytes, at, end);
      }
      case Frame.PING -> acknowledger.pong(Frame.sequence(bytes, at));
      case Frame.BYE -> ended = true;
      default -> {
        return "the type " + Frame.type(bytes, at) + " is not known";
      }
    }
    return null;
  }

  private @Nullable String data(byte[] bytes, int at, int end) throws InterruptedException {
    if (!hasRecords()) {
      batchSince = arrived;
    }
    int from = at + Frame.HEADER;
    if (Frame.isCompressed(bytes, at)) {
      int length = unpack(bytes, from, end - from);
      if (length < 0) {
        return "the payload is not zstd or larger than " + Frame.MAX_UNPACKED + " bytes";
      }
      lines(unpacked, 0, length);
    } else {
      lines(bytes, from, end);
    }
    lastSequence = Frame.sequence(bytes, at);
    framesWait = true;
    return null;
  }

  private void lines(byte[] bytes, int from, int to) throws InterruptedException {
    int at = decoder.decode(bytes, from, to, true);
    while (sender.isFull()) {
      acknowledger.waitFor(sender.submit());
      at = decoder.decode(bytes, at, to, true);
    }
    decoder.end(bytes, at, to);
  }

  /** Unpacks a payload and returns its length, -1 where that cannot be done. */
  private int unpack(byte[] bytes, int from, int length) {
    long size = Zstd.getFrameContentSize(bytes, from, length);
    if (size < UNKNOWN_SIZE || size > Frame.MAX_UNPACKED) {
      return -1;
    }
    // A sender that compresses a stream does not know the size beforehand.
    long room = (size == UNKNOWN_SIZE) ? length * 8L + 1024 : size;
    while (true) {
      if (unpacked.length < room) {
        unpacked = new byte[(int) Math.min(Frame.MAX_UNPACKED, room)];
      }
      long done = Zstd.decompressByteArray(unpacked, 0, unpacked.length, bytes, from, length);
      if (!Zstd.isError(done)) {
        return (int) done;
      }
      if (size != UNKNOWN_SIZE || unpacked.length >= Frame.MAX_UNPACKED) {
        return -1;
      }
      room = unpacked.length * 4L;
    }
  }

  private int fail(String detail, int to) {
    frameErrors++;
    context.metrics().note("bad_frame", 1);
    acknowledger.fail(Frame.error("bad_frame", detail, 0), false);
    ended = true;
    return to;
  }

  @Override
  public boolean hasRecords() {
    return framesWait || !sender.isEmpty();
  }

  @Override
  public boolean isFlushDue(long nanos) {
    return hasRecords() && nanos - batchSince > MAX_DELAY_NANOS;
  }

  @Override
  public void flush() throws InterruptedException {
    if (!sender.isEmpty()) {
      acknowledger.waitFor(sender.submit());
    }
    if (framesWait) {
      acknowledger.acknowledge(lastSequence);
      framesWait = false;
    }
  }

  @Override
  public boolean isEnded() {
    return ended || acknowledger.isBroken();
  }

  @Override
  public void end(byte[] bytes, int from, int to) throws IOException, InterruptedException {
    if (decode(bytes, from, to, true) < to) {
      frameErrors++;
      context.metrics().note("incomplete_frame", 1);
    }
    flush();
    acknowledger.close(LAST_ACK_NANOS);
  }

  @Override
  public void release() {
    unpacked = NOTHING;
  }

  @Override
  public long records() {
    return sender.records();
  }

  @Override
  public long errors() {
    return frameErrors + sender.errors();
  }
}
