package io.logcaster.ingest.tcp;

import io.logcaster.ingest.BatchSender;
import io.logcaster.ingest.Bytes;
import io.logcaster.ingest.Session;
import io.logcaster.ingest.text.TextDecoder;
import io.logcaster.ingest.text.TextFormat;
import io.logcaster.pipeline.Intake;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Lines, syslog and JSON, of which nobody expects an answer but a telnet session. */
final class TextSession implements Session {

  /**
   * A sender of a steady trickle never pauses for the linger time; it still wants to see records.
   */
  private static final long MAX_DELAY_NANOS = 100_000_000L;

  private static final byte[] RECEIVED = Bytes.ascii("Log received\n");

  private static final byte[] NOT_STORED = Bytes.ascii("ERR not stored\n");

  private static final byte[] EXIT = Bytes.ascii("exit");

  private final TcpInput input;

  private final TcpConnection connection;

  private final @Nullable TextFormat format;

  private BatchSender sender;

  private TextDecoder decoder;

  /** What was counted before the last {@link #release}. */
  private long earlierRecords;

  private long earlierErrors;

  private boolean released;

  /** Whether the connection has one of the few places for objects above the limit. */
  private boolean largeObjects;

  /** When the oldest record that waits came, by the system's timer. */
  private long batchSince;

  private long arrived;

  /**
   * Begins a session.
   *
   * @param format what every message is; null where each tells itself
   */
  TextSession(TcpInput input, TcpConnection connection, @Nullable TextFormat format) {
    this.input = input;
    this.format = format;
    this.connection = connection;
    this.sender = new BatchSender(input.context(), connection.host());
    this.decoder = decoder(null);
  }

  private TextDecoder decoder(@Nullable TextDecoder before) {
    TextDecoder made =
        new TextDecoder(
            sender.writer(),
            input.maxRecordSize(),
            this::reserveLargeObjects,
            input.repliesPerLine() ? EXIT : null,
            before);
    return (format == null) ? made : made.only(format);
  }

  private boolean reserveLargeObjects() {
    largeObjects = largeObjects || input.largeObjects().tryAcquire();
    return largeObjects;
  }

  @Override
  public String protocol() {
    String protocol = decoder.protocol();
    return (protocol == null) ? "unknown" : protocol;
  }

  @Override
  public void arrived(long nanos) {
    if (released) {
      earlierRecords += sender.records();
      earlierErrors += sender.errors();
      sender = new BatchSender(input.context(), connection.host());
      decoder = decoder(decoder);
      released = false;
    }
    arrived = nanos;
    sender.arrived();
  }

  @Override
  public int decode(byte[] bytes, int from, int to, boolean quiet)
      throws IOException, InterruptedException {
    boolean wasEmpty = sender.isEmpty();
    int at = decoder.decode(bytes, from, to, quiet);
    while (sender.isFull()) {
      flush();
      wasEmpty = true;
      at = decoder.decode(bytes, at, to, quiet);
    }
    if (wasEmpty) {
      batchSince = arrived;
    }
    return at;
  }

  @Override
  public int largestMessage() {
    return decoder.longest();
  }

  @Override
  public boolean hasRecords() {
    return !sender.isEmpty();
  }

  @Override
  public boolean isFlushDue(long nanos) {
    return hasRecords()
        && (input.repliesPerLine()
            || sender.bytes() > input.batchBytes()
            || nanos - batchSince > MAX_DELAY_NANOS);
  }

  @Override
  public void flush() throws IOException, InterruptedException {
    if (hasRecords()) {
      CompletableFuture<Intake.Outcome> stored = sender.submit();
      if (input.repliesPerLine()) {
        reply(stored);
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
      connection.write(reply, reply.length);
    } catch (ExecutionException ex) {
      connection.write(NOT_STORED, NOT_STORED.length);
    }
  }

  @Override
  public boolean isEnded() {
    return decoder.exited();
  }

  @Override
  public void end(byte[] bytes, int from, int to) throws IOException, InterruptedException {
    decoder.end(bytes, decode(bytes, from, to, true), to);
    flush();
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
    released = true;
    if (largeObjects) {
      largeObjects = false;
      input.largeObjects().release();
    }
  }

  @Override
  public long records() {
    return earlierRecords + sender.records();
  }

  @Override
  public long errors() {
    return earlierErrors + sender.errors();
  }
}
