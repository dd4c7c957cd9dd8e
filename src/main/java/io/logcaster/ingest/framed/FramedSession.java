package io.logcaster.ingest.framed;

import io.logcaster.ingest.BatchSubmitter;
import io.logcaster.ingest.InputContext;
import io.logcaster.ingest.Session;
import io.logcaster.ingest.text.TextDecoder;
import io.logcaster.pipeline.Intake;
import io.logcaster.record.DeliveryMark;
import io.logcaster.record.RecordBatch;
import io.logcaster.security.Authenticator;
import io.logcaster.security.Identity;
import io.logcaster.security.Scope;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@linkplain Frame frames} and acknowledges them when their records are durable. Batches of
 * a sender with a name hold whole frames and are marked with the last of them, so that the storage
 * takes each once.
 */
public final class FramedSession implements Session {

  /** How long the end of a session waits for its last records to become durable. */
  private static final long LAST_ACK_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** How long a new connection waits for what came over the client's old one. */
  private static final long TAKE_OVER_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** A sender of many small frames never pauses; it still waits for its acknowledgements. */
  private static final long MAX_DELAY_NANOS = 20_000_000L;

  /** What the texts of a frame may need: repairs of what is not UTF-8 make it longer. */
  private static final long MAX_FRAME_BYTES = Frame.MAX_UNPACKED * 3L;

  private final InputContext context;
  private final Peer peer;
  private final Authenticator authenticator;
  private final FramedClients clients;
  private final BatchSubmitter sender;
  private final TextDecoder decoder;
  private final Acknowledger acknowledger;
  private final Payloads payloads = new Payloads();

  private FramedClients.@Nullable Lease lease;

  private String client = "";

  /** Whether the sender goes on where the server's answer to HELLO says. */
  private boolean resumes;

  private boolean greeted;

  private Runnable unwatch = () -> {};

  private boolean begun;

  private boolean ended;

  private boolean framesWait;

  /** The last frame whose records are all decoded. */
  private long lastSequence;

  /** The last DATA that came, which an acknowledgement is for; 0 for none. */
  private long received;

  /** The last frame of a client that was handed in or stored before; -1 for none. */
  private long handedIn = -1;

  private long frameErrors;

  private long batchSince;

  private long arrived;

  /**
   * Begins a session.
   *
   * @param peer who gets the acknowledgements
   * @param maxRecordSize the longest line in bytes
   */
  public FramedSession(
      InputContext context,
      Peer peer,
      Authenticator authenticator,
      FramedClients clients,
      int maxRecordSize) {
    this.context = context;
    this.peer = peer;
    this.authenticator = authenticator;
    this.clients = clients;
    this.sender = new BatchSubmitter(context, peer.host());
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
        fail(0, "bad_frame", "no frame of version 1 begins here");
        break;
      }
      long length = Frame.length(bytes, at);
      if (length > Frame.MAX_PAYLOAD) {
        tooLarge(Frame.sequence(bytes, at), "more than " + Frame.MAX_PAYLOAD + " bytes");
        break;
      }
      int end = at + Frame.HEADER + (int) length;
      if (end > to) {
        break;
      }
      if (Frame.isIntact(bytes, at, (int) length)) {
        frame(bytes, at, end);
      } else {
        fail(Frame.sequence(bytes, at), "bad_frame", "the checksum is wrong");
      }
      at = end;
    }
    return isEnded() ? to : at;
  }

  private void frame(byte[] bytes, int at, int end) throws InterruptedException {
    int type = Frame.type(bytes, at);
    if (type == Frame.HELLO) {
      hello(bytes, at + Frame.HEADER, end);
      return;
    }
    if (!greeted && authenticator.isRequired() && peer.certificate() == null) {
      fail(0, "unauthorized", "begin with HELLO and a token");
      return;
    }
    begun = true;
    switch (type) {
      case Frame.ACK, Frame.PONG -> {}
      case Frame.DATA -> data(bytes, at, end);
      case Frame.PING -> acknowledger.pong(Frame.sequence(bytes, at));
      case Frame.BYE -> ended = true;
      default -> fail(Frame.sequence(bytes, at), "bad_frame", "the type " + type + " is not known");
    }
  }

  private void hello(byte[] bytes, int from, int to) throws InterruptedException {
    Hello hello = Hello.read(bytes, from, to);
    if (hello == null || begun || greeted) {
      fail(
          0,
          "bad_hello",
          (hello != null)
              ? "HELLO is the first frame and comes once"
              : "HELLO is a JSON object with a client of at most %d bytes"
                  .formatted(DeliveryMark.MAX_CLIENT_BYTES));
      return;
    }
    if (!isLetIn(hello)) {
      context.metrics().note("unauthorized", 1);
      fail(0, "unauthorized", "the token is missing, wrong or without the scope ingest");
      return;
    }
    greeted = true;
    if (!hello.client().isEmpty() && !take(hello.client())) {
      fail(0, "client_in_use", "an older connection of this client does not end", 1_000);
      return;
    }
    resumes = hello.resume();
    lastSequence = Math.max(0, handedIn);
    acknowledger.acknowledge(resumes ? (int) lastSequence : 0);
  }

  private boolean isLetIn(Hello hello) {
    if (!authenticator.isRequired() || peer.certificate() != null) {
      return true;
    }
    Identity owner = authenticator.token(hello.token());
    if (owner == null || !owner.may(Scope.INGEST)) {
      return false;
    }
    unwatch = authenticator.watch(owner, this::revoked);
    return true;
  }

  /** Called by the thread that revokes the token. */
  private void revoked() {
    acknowledger.fail(Frame.error(0, "unauthorized", "the token was revoked", 0), true);
    peer.interruptReading();
  }

  private boolean take(String name) throws InterruptedException {
    FramedClients.Lease taken = clients.take(name, this::replaced, TAKE_OVER_NANOS);
    if (taken == null) {
      return false;
    }
    lease = taken;
    client = name;
    handedIn = context.intake().lastDelivery(name);
    sender.writer().builder().limits(Frame.MAX_RECORDS, MAX_FRAME_BYTES);
    return true;
  }

  /** Called by the thread of the connection that takes over. */
  private void replaced() {
    acknowledger.fail(
        Frame.error(0, "replaced", "a newer connection of this client has taken over", 0), true);
    peer.interruptReading();
  }

  private void data(byte[] bytes, int at, int end) throws InterruptedException {
    long sequence = Frame.number(bytes, at);
    if (lease != null && sequence == 1 && received == 0 && !resumes) {
      countFromOne(lease, Frame.checksum(bytes, at));
    }
    received = sequence;
    if (lease != null && sequence <= lastSequence) {
      if (sequence == 0 || sequence > Math.max(0, handedIn)) {
        fail((int) sequence, "bad_frame", "the sequence does not grow");
      } else {
        context.metrics().note("duplicate_frames", 1);
        framesWait = true;
      }
      return;
    }
    if (!hasRecords()) {
      batchSince = arrived;
    }
    int from = at + Frame.HEADER;
    boolean whole = true;
    if (Frame.isCompressed(bytes, at)) {
      int length = payloads.unpack(bytes, from, end - from);
      if (length == Payloads.MALFORMED) {
        fail((int) sequence, "bad_frame", "the payload is not zstd");
        return;
      }
      if (length == Payloads.TOO_LARGE) {
        tooLarge((int) sequence, "more than " + Frame.MAX_UNPACKED + " bytes unpacked");
        return;
      }
      whole = lines(payloads.bytes(), 0, length);
    } else {
      whole = lines(bytes, from, end);
    }
    if (!whole) {
      tooLarge((int) sequence, "too many records or different fields");
      return;
    }
    lastSequence = sequence;
    framesWait = true;
    if (lease != null && sender.isLarge()) {
      flush();
    }
  }

  /**
   * A sender whose first frame is number 1 sends again what it sent before, or has forgotten that
   * and counts anew under its name: the first frame tells. What was only taken for a repetition
   * would be lost, so in doubt it counts anew.
   */
  private void countFromOne(FramedClients.Lease mine, long checksum) throws InterruptedException {
    String beginning = FramedClients.beginning(client);
    long known = context.intake().lastDelivery(beginning);
    if (known == checksum) {
      return;
    }
    // In this order: without the beginning, all of it may come twice, but nothing is left out.
    if (handedIn > 0) {
      submit(mine, new DeliveryMark(client, 0, handedIn));
      handedIn = 0;
      lastSequence = 0;
    }
    submit(mine, new DeliveryMark(beginning, checksum, known));
  }

  /**
   * Reads the lines of a frame.
   *
   * @return false where a frame that must stay together does not fit a batch; what was not handed
   *     in is given up then
   */
  private boolean lines(byte[] bytes, int from, int to) throws InterruptedException {
    int at = decoder.decode(bytes, from, to, true);
    while (sender.isFull()) {
      if (lease != null) {
        return false;
      }
      acknowledger.waitFor(sender.submit());
      at = decoder.decode(bytes, at, to, true);
    }
    at = decoder.end(bytes, at, to);
    while (at < to) {
      if (lease != null) {
        return false;
      }
      acknowledger.waitFor(sender.submit());
      at = decoder.end(bytes, at, to);
    }
    return true;
  }

  private void tooLarge(int sequence, String detail) {
    if (lease != null) {
      // A part of the frame may be among what waits, and its sender sends the rest again.
      sender.discard();
      framesWait = false;
    }
    fail(sequence, "frame_too_large", detail);
  }

  private void fail(int sequence, String code, String detail) {
    fail(sequence, code, detail, 0);
  }

  private void fail(int sequence, String code, String detail, int retryAfterMillis) {
    frameErrors++;
    context.metrics().note(code, 1);
    acknowledger.fail(Frame.error(sequence, code, detail, retryAfterMillis), false);
    ended = true;
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
    FramedClients.Lease mine = lease;
    if (mine == null) {
      if (!sender.isEmpty()) {
        acknowledger.waitFor(sender.submit());
      }
    } else if (mine.isReplaced()) {
      sender.discard();
      framesWait = false;
    } else if (lastSequence > handedIn && framesWait) {
      submit(mine, new DeliveryMark(client, lastSequence, handedIn));
      handedIn = lastSequence;
    }
    if (framesWait) {
      acknowledger.acknowledge((int) received);
      framesWait = false;
    }
  }

  private void submit(FramedClients.Lease mine, DeliveryMark mark) throws InterruptedException {
    RecordBatch batch = sender.build().withMark(mark);
    clients.submitted(mine);
    CompletableFuture<Intake.Outcome> stored = null;
    try {
      stored = context.intake().submit(batch, context.metrics());
    } finally {
      if (stored == null) {
        clients.settled(mine);
      }
    }
    var _ = stored.whenComplete((outcome, ex) -> clients.settled(mine));
    acknowledger.waitFor(stored);
  }

  @Override
  public boolean isEnded() {
    return ended || acknowledger.isBroken() || (lease != null && lease.isReplaced());
  }

  @Override
  public void end(byte[] bytes, int from, int to) throws IOException, InterruptedException {
    try {
      if (decode(bytes, from, to, true) < to) {
        frameErrors++;
        context.metrics().note("incomplete_frame", 1);
      }
      flush();
    } finally {
      unwatch.run();
      if (lease != null) {
        clients.close(lease);
      }
    }
    acknowledger.close(LAST_ACK_NANOS);
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
    payloads.release();
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
