package io.logcaster.ingest.tcp;

import io.logcaster.ingest.BatchSubmitter;
import io.logcaster.ingest.Bytes;
import io.logcaster.ingest.Session;
import io.logcaster.ingest.Transcoder;
import io.logcaster.ingest.text.TextDecoder;
import io.logcaster.ingest.text.TextProtocol;
import io.logcaster.pipeline.Intake;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A session of lines, syslog or JSON. Only people with telnet expect an answer. */
final class TextSession implements Session {

  /** A steady trickle never pauses for the linger time; its records must still become visible. */
  private static final long MAX_DELAY_NANOS = 100_000_000L;

  /**
   * How long a sender that never ended a message may be silent before its bytes are taken for a
   * message.
   */
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(1);

  /** Likewise for a sender that ends its messages; a hiccup of the network must not split one. */
  private static final long PATIENCE_WITH_LINES = TimeUnit.SECONDS.toNanos(2);

  /** Likewise for an object that is not closed, or a message without all its octets. */
  private static final long PATIENCE_WITH_BEGINNINGS = TimeUnit.SECONDS.toNanos(10);

  private static final byte[] RECEIVED = Bytes.ascii("Log received\n");

  private static final byte[] NOT_STORED = Bytes.ascii("ERR not stored\n");

  private static final byte[] EXIT = Bytes.ascii("exit");

  private final TcpInput input;

  private final Peer peer;

  private final @Nullable TextProtocol only;

  private BatchSubmitter submitter;

  private TextDecoder decoder;

  /** The counts before the last {@link #release}. */
  private long earlierRecords;

  private long earlierErrors;

  private boolean released;

  /** Whether the connection holds one of the few permits for objects above the limit. */
  private boolean largeObjects;

  /** When the oldest record of the open batch arrived, by the system's timer. */
  private long batchSince;

  private long arrived;

  /** The encoding; null until the first bytes have shown it. */
  private @Nullable Transcoder encoding;

  /** The text where it is UTF-16; null for UTF-8. */
  private @Nullable DecodedText wide;

  /**
   * Begins a session.
   *
   * @param only what every message is; null if each message decides
   */
  TextSession(TcpInput input, Peer peer, @Nullable TextProtocol only) {
    this.input = input;
    this.only = only;
    this.peer = peer;
    this.submitter = new BatchSubmitter(input.context(), peer.host());
    this.decoder = decoder(null);
  }

  private TextDecoder decoder(@Nullable TextDecoder before) {
    TextDecoder made =
        new TextDecoder(
            submitter.writer(),
            input.maxRecordSize(),
            this::reserveLargeObjects,
            input.repliesPerLine() ? EXIT : null,
            before);
    return (only == null) ? made : made.only(only);
  }

  private boolean reserveLargeObjects() {
    largeObjects = largeObjects || input.largeObjects().tryAcquire();
    return largeObjects;
  }

  @Override
  public String protocol() {
    return decoder.protocol().text();
  }

  @Override
  public void arrived(long nanos) {
    if (released) {
      earlierRecords += submitter.records();
      earlierErrors += submitter.errors();
      submitter = new BatchSubmitter(input.context(), peer.host());
      decoder = decoder(decoder);
      released = false;
    }
    arrived = nanos;
    submitter.arrived();
  }

  @Override
  public int decode(byte[] bytes, int from, int to, boolean quiet)
      throws IOException, InterruptedException {
    if (encoding == null) {
      Transcoder detected =
          quiet ? Transcoder.ofWhole(bytes, from, to) : Transcoder.of(bytes, from, to);
      if (detected == null) {
        return from;
      }
      encoding = detected;
      wide = detected.isWide() ? new DecodedText(detected) : null;
      return decode(bytes, from + detected.markLength(), to, quiet);
    }
    DecodedText text = wide;
    if (text == null) {
      return records(bytes, from, to, quiet);
    }
    int at = from;
    for (int next = text.decode(bytes, at, to); next > at; next = text.decode(bytes, at, to)) {
      at = next;
      text.use(records(text.bytes(), text.start(), text.end(), false));
    }
    if (quiet) {
      text.use(records(text.bytes(), text.start(), text.end(), true));
    }
    return at;
  }

  private int records(byte[] bytes, int from, int to, boolean quiet)
      throws IOException, InterruptedException {
    boolean wasEmpty = submitter.isEmpty();
    int at = decoder.decode(bytes, from, to, quiet);
    while (submitter.isFull()) {
      flush();
      wasEmpty = true;
      at = decoder.decode(bytes, at, to, quiet);
    }
    decoded(wasEmpty);
    return at;
  }

  private void decoded(boolean wasEmpty) {
    if (wasEmpty) {
      batchSince = arrived;
    }
    input.context().metrics().note("wrong_octet_count", decoder.takeWrongCounts());
  }

  @Override
  public int unfinished(byte[] bytes, int from, int to, long silentNanos)
      throws IOException, InterruptedException {
    DecodedText text = wide;
    if (text == null) {
      return last(bytes, from, to, silentNanos);
    }
    text.use(last(text.bytes(), text.start(), text.end(), silentNanos));
    return from;
  }

  @Override
  public boolean isUnfinished() {
    return wide != null && wide.start() < wide.end();
  }

  private int last(byte[] bytes, int from, int to, long silentNanos)
      throws IOException, InterruptedException {
    long patience =
        decoder.expectsMore(bytes, from, to)
            ? PATIENCE_WITH_BEGINNINGS
            : decoder.delimits() ? PATIENCE_WITH_LINES : PATIENCE;
    if (from == to || silentNanos < patience) {
      return from;
    }
    input.context().metrics().note("unfinished", 1);
    return takeLast(bytes, from, to, false);
  }

  private int takeLast(byte[] bytes, int from, int to, boolean ended)
      throws IOException, InterruptedException {
    int at = ended ? decoder.end(bytes, from, to) : decoder.unfinished(bytes, from, to);
    while (submitter.isFull()) {
      flush();
      at = ended ? decoder.end(bytes, at, to) : decoder.unfinished(bytes, at, to);
    }
    flush();
    return at;
  }

  @Override
  public int largestMessage() {
    return decoder.longest();
  }

  @Override
  public boolean hasRecords() {
    return !submitter.isEmpty();
  }

  @Override
  public boolean isFlushDue(long nanos) {
    return hasRecords()
        && (input.repliesPerLine()
            || submitter.bytes() > input.batchBytes()
            || nanos - batchSince > MAX_DELAY_NANOS);
  }

  @Override
  public void flush() throws IOException, InterruptedException {
    if (hasRecords()) {
      if (input.repliesPerLine()) {
        reply(submitter.submit());
      } else {
        submitter.submitUnawaited();
      }
    }
  }

  private void reply(CompletableFuture<Intake.Outcome> stored)
      throws IOException, InterruptedException {
    try {
      int lines = stored.get().stored();
      byte[] reply = new byte[lines * RECEIVED.length];
      for (int i = 0; i < lines; i++) {
        System.arraycopy(RECEIVED, 0, reply, i * RECEIVED.length, RECEIVED.length);
      }
      peer.write(reply, reply.length);
    } catch (ExecutionException ex) {
      peer.write(NOT_STORED, NOT_STORED.length);
    }
  }

  @Override
  public boolean isEnded() {
    return decoder.exited();
  }

  @Override
  public void end(byte[] bytes, int from, int to) throws IOException, InterruptedException {
    int at = decode(bytes, from, to, true);
    DecodedText text = wide;
    if (text == null) {
      takeLast(bytes, at, to, true);
      return;
    }
    if (at < to) {
      text.endWithHalf();
    }
    takeLast(text.bytes(), text.start(), text.end(), true);
  }

  @Override
  public long memoryBytes() {
    return submitter.memoryBytes()
        + decoder.memoryBytes()
        + (wide == null ? 0 : wide.bytes().length);
  }

  @Override
  public void slim() {
    submitter.slim();
  }

  @Override
  public void release() {
    released = true;
    if (largeObjects) {
      largeObjects = false;
      input.largeObjects().release();
    }
  }

  @Override
  public long records() {
    return earlierRecords + submitter.records();
  }

  @Override
  public long errors() {
    return earlierErrors + submitter.errors();
  }
}
