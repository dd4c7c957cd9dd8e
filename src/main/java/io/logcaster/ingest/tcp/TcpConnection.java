package io.logcaster.ingest.tcp;

import io.logcaster.ingest.IngestMemory;
import io.logcaster.ingest.InputStats;
import io.logcaster.ingest.Session;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection of one sender. Its thread reads, decodes and hands in batches. While the pipeline
 * has no room, the thread waits and reads nothing, so that TCP slows the sender down.
 *
 * <p>A batch is handed in when it is full, when nothing more comes for {@value #LINGER_MILLIS} ms,
 * or when its first record gets too old: batches are large under load, delays short without.
 */
final class TcpConnection implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(TcpConnection.class);

  /** Longer would delay single records; shorter would cut batches between a sender's writes. */
  private static final int LINGER_MILLIS = 5;

  /** How often a silent connection checks whether it should end. */
  private static final int POLL_MILLIS = 500;

  /** Enough for the lines of a quiet sender, little enough for a thousand silent ones. */
  private static final int SMALL_BUFFER = 2 * 1024;

  /** Larger reads gain nothing. */
  private static final int LARGE_BUFFER = 64 * 1024;

  private static final byte[] NOTHING = {};

  private final String id;

  private final TcpTransport transport;

  private final TcpInput input;

  private final Instant since;

  private final String peer;

  private final AtomicLong bytes = new AtomicLong();

  private volatile long records;

  private volatile long errors;

  private volatile String protocol = "unknown";

  private final ConnectionMemory memory =
      new ConnectionMemory(IngestMemory.batches(), IngestMemory.messages());

  private byte[] buffer = NOTHING;

  private int start;

  private int end;

  /** Whether the bytes in the buffer were decoded after the sender paused. */
  private boolean decodedQuietly = true;

  /** Whether memory was released since the sender paused. */
  private boolean rested;

  private @Nullable Session session;

  /** Whether the sender was refused, which is counted already. */
  private boolean refused;

  TcpConnection(String id, Socket socket, TcpInput input, Instant since) {
    this.id = id;
    this.transport = new TcpTransport(socket, input.services().tls(), input.context().metrics());
    this.input = input;
    this.since = since;
    this.peer = TcpInput.text(transport.remote());
  }

  InetAddress address() {
    return transport.address();
  }

  /** The way back to the sender, for its session. */
  TcpTransport transport() {
    return transport;
  }

  InputStats.Connection stats() {
    return new InputStats.Connection(
        id, input.context().metrics().id(), peer, protocol, records, bytes.get(), since, errors);
  }

  @Override
  public void run() {
    try {
      transport.open();
      try {
        session = Detection.open(this, input);
        serve();
      } finally {
        transport.endTls();
      }
    } catch (InterruptedException ex) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException ex) {
      input.context().metrics().note("connection_failed", 1);
      LOG.error("Closing the connection of {}, which cannot be read", peer, ex);
    } catch (IOException ex) {
      // The sender broke the connection; complete messages have been handed in.
      if (!refused) {
        input.context().metrics().note("connection_reset", 1);
      }
    } finally {
      transport.close();
      Session known = session;
      if (known != null) {
        known.release();
      }
      memory.close();
      input.closed(this);
    }
  }

  private void serve() throws IOException, InterruptedException {
    try {
      long lastByte = System.nanoTime();
      int count = 0;
      while (count != TcpTransport.ENDED) {
        boolean waiting = isWaiting();
        count = read(waiting ? LINGER_MILLIS : POLL_MILLIS);
        long now = System.nanoTime();
        if (count > 0) {
          lastByte = now;
          took(count, now);
        } else if (count == TcpTransport.TIMED_OUT) {
          paused(waiting, now - lastByte);
          if (input.isStopping() || now - lastByte > input.idleNanos()) {
            return;
          }
        }
        if (memory.isSenderSlow()) {
          input.context().metrics().note("slow_message", 1);
          return;
        }
        if (input.isStopOverdue(now) || (session != null && session.isEnded())) {
          return;
        }
      }
    } finally {
      finish();
    }
  }

  /** Speaks TLS from here on; what was read so far is its beginning. */
  void secure(SSLContext context) throws IOException {
    try {
      transport.secure(context, new ByteArrayInputStream(buffer, start, end - start));
    } catch (IOException ex) {
      refuse("tls_handshake_failed");
      throw ex;
    }
    buffer = new byte[SMALL_BUFFER];
    start = 0;
    end = 0;
    decodedQuietly = true;
  }

  /** Counts why the sender is refused and discards what it sent. */
  void refuse(String why) {
    refused = true;
    input.context().metrics().note(why, 1);
    start = end;
  }

  /** Whether there are bytes or records that a pause of the sender would complete. */
  private boolean isWaiting() {
    return !decodedQuietly || (session != null && session.hasRecords());
  }

  private int read(int timeoutMillis) throws IOException, InterruptedException {
    if (end == buffer.length) {
      makeRoom();
    } else if (end - start <= SMALL_BUFFER) {
      moveTo(buffer); // keeps the beginning of a message, with room for a whole read behind it
    }
    long before = System.nanoTime();
    try {
      // Small reads stop soon after a long message whose room others wait for.
      int most = memory.isMessageAwaited() ? ConnectionMemory.FREE : LARGE_BUFFER;
      return transport.read(buffer, end, Math.min(buffer.length - end, most), timeoutMillis);
    } finally {
      memory.waited(System.nanoTime() - before);
    }
  }

  /**
   * Makes room in a buffer that the last read filled. Each read costs the same, so a busy sender is
   * worth a larger buffer.
   */
  private void makeRoom() throws InterruptedException {
    boolean needed = end - start > buffer.length / 2;
    byte[] target = buffer;
    if (buffer.length < LARGE_BUFFER || needed) {
      int most = Math.max(LARGE_BUFFER, (session == null) ? 0 : session.largestMessage());
      int length = Math.min(most, Math.max(SMALL_BUFFER, buffer.length * 4));
      boolean mayGrow = length <= LARGE_BUFFER && memory.tryGrow(buffer.length, length);
      if (!mayGrow && needed) {
        memory.takeMessage(most);
        mayGrow = true;
      }
      target = mayGrow ? new byte[length] : buffer;
    }
    moveTo(target);
  }

  private void moveTo(byte[] target) {
    System.arraycopy(buffer, start, target, 0, end - start);
    buffer = target;
    end -= start;
    start = 0;
  }

  private void took(int count, long now) throws IOException, InterruptedException {
    end += count;
    bytes.addAndGet(count);
    input.context().metrics().addBytes(count);
    decodedQuietly = false;
    rested = false;
    Session known = session;
    if (known == null) {
      known = Detection.detect(this, input, buffer, start, end);
      if (known == null) {
        return;
      }
      session = known;
    }
    known.arrived(now);
    decode(known, false);
    if (known.isFlushDue(now)) {
      known.flush();
    }
    count(known);
  }

  private void decode(Session session, boolean quiet) throws IOException, InterruptedException {
    beginDecoding(session);
    used(session, session.decode(buffer, start, end, quiet));
  }

  private void beginDecoding(Session session) throws IOException, InterruptedException {
    if (!memory.tryDecoding(end - start)) {
      slim(session);
      memory.awaitDecoding(end - start);
    }
  }

  /** Releases what is no longer needed, after bytes were used up to an index. */
  private void used(Session session, int to) throws IOException, InterruptedException {
    start = to;
    if (start == end) {
      start = 0;
      end = 0;
      decodedQuietly = true;
    }
    int most = Math.max(LARGE_BUFFER, session.largestMessage());
    if (buffer.length > most && end - start < most / 2) {
      moveTo(new byte[most]); // frees the room of a large message for others
    }
    if (memory.isMessageAwaited() && end - start <= ConnectionMemory.FREE) {
      moveTo(new byte[ConnectionMemory.FREE]);
      memory.releaseMessage();
    }
    if (memory.settle(buffer.length, session.memoryBytes())) {
      slim(session);
    }
  }

  /** Makes the session hold as little as it can, because memory is scarce. */
  private void slim(Session session) throws IOException, InterruptedException {
    session.flush();
    session.slim();
    memory.settle(buffer.length, session.memoryBytes());
  }

  private void paused(boolean waiting, long idleNanos) throws IOException, InterruptedException {
    Session known = session;
    if (waiting) {
      decodedQuietly = true;
      if (known != null) {
        decode(known, true);
        known.flush();
        count(known);
      }
    } else if (!rested) {
      boolean nothing = end == 0;
      if (known != null) {
        beginDecoding(known);
        used(known, known.unfinished(buffer, start, end, idleNanos));
        count(known);
      }
      if (nothing && idleNanos > POLL_MILLIS * 1_000_000L && !isHolding(known)) {
        rest(known);
      }
    }
  }

  private static boolean isHolding(@Nullable Session session) {
    return session != null && session.isUnfinished();
  }

  /** Releases memory once, not at each check of a silent connection. */
  private void rest(@Nullable Session known) {
    rested = true;
    if (buffer.length > SMALL_BUFFER) {
      buffer = new byte[SMALL_BUFFER];
    }
    memory.releaseMessage();
    if (known != null) {
      known.release();
      memory.settle(buffer.length, known.memoryBytes());
    }
  }

  private void count(Session session) {
    protocol = session.protocol();
    records = session.records();
    errors = session.errors();
  }

  private void finish() throws IOException, InterruptedException {
    Session known = (session == null) ? Detection.assume(this, input, start, end) : session;
    if (known != null) {
      beginDecoding(known);
      known.end(buffer, start, end);
      count(known);
    }
  }
}
