package io.logcaster.cli;

import io.logcaster.client.ClientListener;
import io.logcaster.client.LogCasterClient;
import io.logcaster.ingest.Transcoder;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Sends one file over one connection. Used by one thread, beside those of the client. */
final class FeedSession implements ClientListener, Closeable {

  /** How often the state is saved while a file is sent; it only saves work after a restart. */
  private static final long STATE_EVERY_NANOS = 500_000_000L;

  /** How often a wait for acknowledgements checks whether the command is to end. */
  private static final Duration LOOK = Duration.ofMillis(200);

  private final FileFeed feed;
  private final LogFile file;
  private final LogCasterClient client;

  /** The ends of unacknowledged frames, by sequence. */
  private final ConcurrentSkipListMap<Long, Long> ends = new ConcurrentSkipListMap<>();

  private FeedState state;
  private long sequence;
  private long written = System.nanoTime();
  private @Nullable String lastTrouble;
  private volatile @Nullable String refusal;

  FeedSession(FileFeed feed, LogFile file, FeedState state) {
    this.feed = feed;
    this.file = file;
    this.state = state;
    this.sequence = state.sequence();
    this.client = feed.client(state, this);
  }

  synchronized FeedState state() {
    return state;
  }

  private synchronized void state(FeedState next) throws IOException {
    state = next;
    feed.write(next);
  }

  /**
   * Sends what an earlier run planned, then everything up to an offset, and waits until it is
   * acknowledged or the feed is stopped.
   *
   * @param end the offset; -1 for the end of the content
   * @param progress receives the number of bytes of the file on disk that were read
   */
  void send(long end, LongConsumer progress) throws IOException {
    try {
      sendAll(end, progress);
    } catch (IOException ex) {
      throw new IOException(file.path() + ": " + FailureHandler.text(ex), ex);
    }
  }

  private void sendAll(long end, LongConsumer progress) throws IOException {
    if (!state().isDone()) {
      sendPlanned(progress);
    }
    boolean exhausted = file.isPacked() && sequence > 1; // compressed files do not grow
    if (state().isDone() && state().offset() != end && !exhausted && !feed.isStopped()) {
      state(state().planned(file.size(), end));
      sendPlanned(progress);
    }
  }

  private void sendPlanned(LongConsumer progress) throws IOException {
    FeedState from = state();
    long end = from.offset();
    boolean complete = false;
    Transcoder transcoder = file.transcoder();
    try (InputStream content = file.content(from.offset())) {
      FrameReader frames = new FrameReader(content, from.offset(), from.planned(), transcoder);
      while (!feed.isStopped()) {
        int length = frames.next();
        if (length == 0) {
          complete = true;
          break;
        }
        end = frames.offset();
        ends.put(sequence, end);
        ServerOptions.check(refusal);
        if (client.batch(frames.buffer(), 0, length) != sequence++) {
          throw new IOException(client.metrics().lastError());
        }
        progress.accept(file.position());
        writeNowAndThen();
      }
    }
    while (!client.flush(LOOK) && !feed.isStopped()) {
      ServerOptions.check(refusal);
      writeNowAndThen();
    }
    FeedState after = state();
    // Only now the end of compressed content is known.
    state((complete && after.offset() == end) ? after.planned(file.size(), end) : after);
  }

  private void writeNowAndThen() throws IOException {
    long now = System.nanoTime();
    if (now - written > STATE_EVERY_NANOS) {
      written = now;
      state(state());
    }
  }

  @Override
  public void acknowledged(long upTo, long count) {
    feed.stored(count);
    Map.Entry<Long, Long> last = ends.floorEntry(upTo);
    if (last != null) {
      synchronized (this) {
        state = state.at(last.getValue(), last.getKey() + 1);
      }
      ends.headMap(upTo, true).clear();
    }
  }

  @Override
  public synchronized void connected(String server) {
    if (lastTrouble != null) {
      feed.trouble("connected to " + server + " again");
      lastTrouble = null;
    }
  }

  @Override
  public synchronized void failed(String server, String reason) {
    if (ServerOptions.isFinal(reason)) {
      refusal = reason;
    }
    if (!reason.equals(lastTrouble)) {
      lastTrouble = reason;
      feed.trouble(server + ": " + reason + "; retrying");
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
