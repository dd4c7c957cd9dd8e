package io.logcaster.ingest.framed;

import io.logcaster.ingest.BatchSession;
import io.logcaster.ingest.InputContext;
import io.logcaster.ingest.text.TextDecoder;
import io.logcaster.record.DeliveryMark;
import io.logcaster.security.Authenticator;
import io.logcaster.security.Identity;
import io.logcaster.security.Scope;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@linkplain FrameFormat frames} and acknowledges them when their records are durable.
 * Batches of a sender with a name hold whole frames and are marked with the last of them, so that
 * the storage takes each once.
 */
public final class FramedSession extends BatchSession {

  /** How long the end of a session waits for its last records to become durable. */
  private static final long LAST_ACK_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** How long a new connection waits for what came over the client's old one. */
  private static final long TAKE_OVER_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** A sender of many small frames never pauses; it still waits for its acknowledgements. */
  private static final long MAX_DELAY_NANOS = 20_000_000L;

  /** What the texts of a frame may need: repairs of what is not UTF-8 make it longer. */
  private static final long MAX_FRAME_BYTES = FrameFormat.MAX_UNPACKED * 3L;

  private final Authenticator authenticator;
  private final FramedClients clients;
  private final TextDecoder decoder;
  private final Acknowledger acknowledger;
  private final Payloads payloads = new Payloads();

  /** Delivers for a client that has named itself; null for a sender without a name. */
  private @Nullable ClientDelivery delivery;

  /** Whether the sender continues from the sequence in the server's answer to HELLO. */
  private boolean resumes;

  private boolean greeted;

  private Runnable unwatch = () -> {};

  private boolean started;

  private boolean ended;

  private boolean framesWait;

  /** The last frame whose records are all decoded. */
  private long lastSequence;

  /** The last DATA that came, which an acknowledgement is for; 0 for none. */
  private long received;

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
    super(context, peer);
    this.authenticator = authenticator;
    this.clients = clients;
    this.decoder = TextDecoder.ofLines(submitter.writer(), maxRecordSize);
    this.acknowledger = new Acknowledger(peer);
  }

  @Override
  public String protocol() {
    return "framed";
  }

  @Override
  public int largestMessage() {
    return FrameFormat.HEADER + FrameFormat.MAX_PAYLOAD;
  }

  @Override
  public int decode(byte[] bytes, int from, int to, boolean quiet) throws InterruptedException {
    int at = from;
    while (!isEnded() && to - at >= FrameFormat.HEADER) {
      if (!FrameFormat.isFrame(bytes, at)) {
        fail(0, "bad_frame", "no frame of version 1 begins here");
        break;
      }
      long length = FrameFormat.length(bytes, at);
      if (length > FrameFormat.MAX_PAYLOAD) {
        tooLarge(
            FrameFormat.sequence(bytes, at), "more than " + FrameFormat.MAX_PAYLOAD + " bytes");
        break;
      }
      int end = at + FrameFormat.HEADER + (int) length;
      if (end > to) {
        break;
      }
      if (FrameFormat.isIntact(bytes, at, (int) length)) {
        frame(bytes, at, end);
      } else {
        fail(FrameFormat.sequence(bytes, at), "bad_frame", "the checksum is wrong");
      }
      at = end;
    }
    return isEnded() ? to : at;
  }

  private void frame(byte[] bytes, int at, int end) throws InterruptedException {
    int type = FrameFormat.type(bytes, at);
    if (type == FrameFormat.HELLO) {
      hello(bytes, at + FrameFormat.HEADER, end);
      return;
    }
    if (!greeted && authenticator.isRequired() && peer.certificate() == null) {
      fail(0, "unauthorized", "begin with HELLO and a token");
      return;
    }
    started = true;
    switch (type) {
      case FrameFormat.ACK, FrameFormat.PONG -> {}
      case FrameFormat.DATA -> data(bytes, at, end);
      case FrameFormat.PING -> acknowledger.pong(FrameFormat.sequence(bytes, at));
      case FrameFormat.BYE -> ended = true;
      default ->
          fail(FrameFormat.sequence(bytes, at), "bad_frame", "the type " + type + " is not known");
    }
  }

  private void hello(byte[] bytes, int from, int to) throws InterruptedException {
    Hello hello = Hello.read(bytes, from, to);
    if (hello == null || started || greeted) {
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
    if (!hello.client().isEmpty() && !takeOver(hello.client())) {
      fail(0, "client_in_use", "an older connection of this client does not end", 1_000);
      return;
    }
    resumes = hello.resume();
    lastSequence = (delivery == null) ? 0 : Math.max(0, delivery.submitted());
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
    acknowledger.fail(FrameFormat.error(0, "unauthorized", "the token was revoked", 0), true);
    peer.interruptReading();
  }

  private boolean takeOver(String client) throws InterruptedException {
    FramedClients.Lease lease = clients.take(client, this::replaced, TAKE_OVER_NANOS);
    if (lease == null) {
      return false;
    }
    ClientDelivery mine =
        new ClientDelivery(context, submitter, acknowledger, clients, client, lease);
    delivery = mine; // first of all, so that the end of the session gives back the lease
    mine.resume();
    submitter.writer().builder().limits(FrameFormat.MAX_RECORDS, MAX_FRAME_BYTES);
    return true;
  }

  /** Called by the thread of the connection that takes over. */
  private void replaced() {
    acknowledger.fail(
        FrameFormat.error(0, "replaced", "a newer connection of this client has taken over", 0),
        true);
    peer.interruptReading();
  }

  private void data(byte[] bytes, int at, int end) throws InterruptedException {
    long sequence = FrameFormat.number(bytes, at);
    ClientDelivery mine = delivery;
    if (mine != null && sequence == 1 && received == 0 && !resumes) {
      lastSequence = mine.countFromOne(FrameFormat.checksum(bytes, at), lastSequence);
    }
    received = sequence;
    if (mine != null && sequence <= lastSequence) {
      if (sequence == 0 || sequence > Math.max(0, mine.submitted())) {
        fail((int) sequence, "bad_frame", "the sequence does not grow");
      } else {
        context.metrics().note("duplicate_frames", 1);
        framesWait = true;
      }
      return;
    }
    beginFrame();
    int from = at + FrameFormat.HEADER;
    boolean whole = true;
    if (FrameFormat.isCompressed(bytes, at)) {
      int length = payloads.unpack(bytes, from, end - from);
      if (length == Payloads.MALFORMED) {
        fail((int) sequence, "bad_frame", "the payload is not zstd");
        return;
      }
      if (length == Payloads.TOO_LARGE) {
        tooLarge((int) sequence, "more than " + FrameFormat.MAX_UNPACKED + " bytes unpacked");
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
    if (mine != null) {
      mine.add(sequence);
    }
    if (mine != null && submitter.isLarge()) {
      flush();
    }
  }

  /**
   * Reads the lines of a frame.
   *
   * @return false where a frame that must stay together does not fit a batch; what was not handed
   *     in is given up then
   */
  private boolean lines(byte[] bytes, int from, int to) throws InterruptedException {
    int at = decoder.decode(bytes, from, to, true);
    while (submitter.isFull()) {
      if (delivery != null) {
        return false;
      }
      acknowledger.waitFor(submitter.submit());
      at = decoder.decode(bytes, at, to, true);
    }
    at = decoder.end(bytes, at, to);
    while (at < to) {
      if (delivery != null) {
        return false;
      }
      acknowledger.waitFor(submitter.submit());
      at = decoder.end(bytes, at, to);
    }
    return true;
  }

  private void tooLarge(int sequence, String detail) {
    if (delivery != null) {
      // A part of the frame may be among what waits, and its sender sends the rest again.
      delivery.discard();
      framesWait = false;
    }
    fail(sequence, "frame_too_large", detail);
  }

  private void fail(int sequence, String code, String detail) {
    fail(sequence, code, detail, 0);
  }

  private void fail(int sequence, String code, String detail, int retryAfterMillis) {
    countError();
    context.metrics().note(code, 1);
    acknowledger.fail(FrameFormat.error(sequence, code, detail, retryAfterMillis), false);
    ended = true;
  }

  @Override
  public boolean hasRecords() {
    return framesWait || !submitter.isEmpty();
  }

  @Override
  public boolean isFlushDue(long nanos) {
    return isOlderThan(MAX_DELAY_NANOS, nanos);
  }

  @Override
  public void flush() throws InterruptedException {
    ClientDelivery mine = delivery;
    if (mine == null) {
      if (!submitter.isEmpty()) {
        acknowledger.waitFor(submitter.submit());
      }
    } else if (mine.isReplaced()) {
      mine.discard();
      framesWait = false;
    } else if (lastSequence > mine.submitted() && framesWait) {
      mine.submit(lastSequence);
    }
    if (framesWait) {
      acknowledger.acknowledge((int) received);
      framesWait = false;
    }
  }

  @Override
  public boolean isEnded() {
    return ended || acknowledger.isBroken() || (delivery != null && delivery.isReplaced());
  }

  @Override
  public void end(byte[] bytes, int from, int to) throws IOException, InterruptedException {
    try {
      if (decode(bytes, from, to, true) < to) {
        countError();
        context.metrics().note("incomplete_frame", 1);
      }
      flush();
    } finally {
      unwatch.run();
      if (delivery != null) {
        delivery.close();
      }
    }
    acknowledger.close(LAST_ACK_NANOS);
  }

  @Override
  public void release() {
    payloads.release();
  }
}
