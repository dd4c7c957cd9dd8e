package io.logcaster.cli;

import io.logcaster.client.LogCasterClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends files to one server and remembers what was acknowledged; {@link FeedState} explains why no
 * record is stored twice. Thread-safe: several threads may send a file each.
 */
final class FileFeed {

  /** Memory for unacknowledged lines, per file. */
  private static final long QUEUE = 8L << 20;

  private final ServerOptions server;
  private final @Nullable Path states;
  private final LongAdder records = new LongAdder();
  private final Consumer<String> troubles;
  private volatile boolean stopped;

  /**
   * @param states where states are kept; null to remember nothing
   * @param troubles receives the failures that are retried
   */
  FileFeed(ServerOptions server, @Nullable Path states, Consumer<String> troubles) {
    this.server = server;
    this.states = states;
    this.troubles = troubles;
  }

  /** Makes all sending end soon. */
  void stop() {
    stopped = true;
  }

  boolean isStopped() {
    return stopped;
  }

  /** Records acknowledged so far. */
  long records() {
    return records.sum();
  }

  void stored(long count) {
    records.add(count);
  }

  void trouble(String text) {
    troubles.accept(text);
  }

  /** The state of a file; null if there is none. */
  @Nullable FeedState state(String key) throws IOException {
    Path file = stateFile(key);
    return (file == null) ? null : FeedState.read(file);
  }

  void write(FeedState state) throws IOException {
    Path file = stateFile(state.key());
    if (file != null) {
      state.write(file);
    }
  }

  private @Nullable Path stateFile(String key) {
    Path directory = states;
    return (directory == null)
        ? null
        : directory.resolve(FeedState.hash(server.address().toString(), key) + ".json");
  }

  /** How many bytes of a file were sent earlier; -1 if none, or if its content is another now. */
  long sentOf(LogFile file) throws IOException {
    FeedState before = state(file.key());
    return (before != null && isSame(before, file)) ? before.offset() : -1;
  }

  /**
   * Begins to send a file: where an earlier run of the same content stopped, or at its start. The
   * client id depends only on the content, so that a restart from the beginning has the same one.
   *
   * @param key identifies the file
   */
  FeedSession open(LogFile file, String key) throws IOException {
    FeedState before = state(key);
    return open(file, (before != null && isSame(before, file)) ? before : begin(file, key, before));
  }

  /** Begins to send what is added to a file from now on, or where an earlier run stopped. */
  FeedSession openAtEnd(LogFile file, String key) throws IOException {
    FeedState before = state(key);
    if (before != null) {
      return open(file, key);
    }
    long end = file.endOfLines(file.size());
    return open(file, begin(file, key, null).planned(file.size(), end).at(end, 1));
  }

  private FeedSession open(LogFile file, FeedState state) throws IOException {
    return new FeedSession(this, file, state);
  }

  private FeedState begin(LogFile file, String key, @Nullable FeedState before) throws IOException {
    byte[] head = file.head(FeedState.HEAD);
    String hash = FeedState.hash(head);
    String previous = (before == null) ? "" : before.client();
    String client =
        (states == null)
            ? "send-" + UUID.randomUUID()
            : "file-" + FeedState.hash(key, hash, Long.toString(file.size()), previous);
    return new FeedState(
        key, file.path().toString(), client, hash, head.length, file.size(), 0, 1, 0);
  }

  /** Whether a file begins with the content of a state. */
  private static boolean isSame(FeedState state, LogFile file) throws IOException {
    long size = file.size();
    boolean longEnough = file.isPacked() ? size == state.size() : size >= state.offset();
    return longEnough
        && size >= state.headLength()
        && FeedState.hash(file.head(state.headLength())).equals(state.head());
  }

  LogCasterClient client(FeedState state, FeedSession session) {
    return server
        .client()
        .resumable(state.client(), state.sequence())
        .batchBytes(FrameReader.FRAME)
        .queueBytes(QUEUE)
        .closeTimeout(Duration.ZERO)
        .listener(session)
        .build();
  }
}
