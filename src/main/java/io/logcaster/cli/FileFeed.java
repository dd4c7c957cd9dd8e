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
 * Sends files to one server and remembers what was acknowledged; see {@link FeedState} for how no
 * record is stored twice. Thread-safe: several threads send a file each.
 */
final class FileFeed {

  /** Memory for what is on its way, per file. */
  private static final long QUEUE = 8L << 20;

  private final ServerOptions server;
  private final @Nullable Path states;
  private final LongAdder records = new LongAdder();
  private final Consumer<String> troubles;
  private volatile boolean stopped;

  /**
   * @param states where states are kept; null to remember nothing
   * @param troubles hears what goes wrong while it is tried again
   */
  FileFeed(ServerOptions server, @Nullable Path states, Consumer<String> troubles) {
    this.server = server;
    this.states = states;
    this.troubles = troubles;
  }

  /** Ends all sending soon. */
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

  /** What is remembered of a file; null for nothing. */
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

  /** The bytes of a file that are remembered as sent; -1 if it was not begun, or is another now. */
  long sentOf(LogFile file) throws IOException {
    FeedState before = state(file.key());
    return (before != null && isSame(before, file)) ? before.offset() : -1;
  }

  /**
   * Begins to send a file: where an earlier run stopped if it is the same content, else at its
   * start under a client id of its own, which is the same whenever this content is begun anew.
   *
   * @param key what the file is known by
   */
  FeedSession open(LogFile file, String key) throws IOException {
    FeedState before = state(key);
    return open(file, (before != null && isSame(before, file)) ? before : begin(file, key, before));
  }

  /** Begins to send what is added to a file from now on, unless it is remembered. */
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

  /** Whether a file goes on from the content of a state. */
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
