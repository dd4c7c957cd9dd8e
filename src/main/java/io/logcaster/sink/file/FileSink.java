package io.logcaster.sink.file;

import io.logcaster.record.ByteBuilder;
import io.logcaster.record.RecordBatch;
import io.logcaster.sink.Sink;
import io.logcaster.sink.SinkException;
import io.logcaster.sink.text.RecordText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends records to a file, a line each. A round is in the file completely or not at all, unless
 * the machine loses power: a line that a crash cut off is removed when the file is opened again.
 */
final class FileSink implements Sink {

  private static final Logger LOG = LoggerFactory.getLogger(FileSink.class);

  /** Lines are handed to the file in steps of this size. */
  private static final int STEP = 64 << 10;

  /** How much is read at once to find the last whole line. */
  private static final int WINDOW = 64 << 10;

  /**
   * How it writes.
   *
   * @param mapped whether through mapped memory
   * @param rotateSize the size at which a file is full; 0 for none
   * @param rotateEvery the time after which it is full, counted from the epoch, so that days begin
   *     at midnight UTC; zero for none
   * @param sync how often to sync; null to leave it to the operating system
   */
  record Manner(
      Path path,
      RecordText text,
      boolean mapped,
      long rotateSize,
      Duration rotateEvery,
      @Nullable Duration sync) {}

  private final Manner manner;
  private final FileRotation rotation;
  private final Clock clock;
  private final ByteBuilder lines = new ByteBuilder(STEP * 2);
  private final ReentrantLock tidying = new ReentrantLock();
  private @Nullable LineFile file;
  private long period;
  private long synced = System.nanoTime();

  FileSink(Manner manner, FileRotation rotation, Clock clock) {
    this.manner = manner;
    this.rotation = rotation;
    this.clock = clock;
  }

  @Override
  public void begin(long position) {
    lines.truncate(0);
    try {
      LineFile open = file;
      if (open != null) {
        open.rollBack();
      }
    } catch (IOException ex) {
      abandon(ex);
    }
  }

  @Override
  public void write(RecordBatch batch) throws SinkException {
    try {
      LineFile open = open();
      RecordText text = manner.text();
      text.begin(batch);
      for (int row = 0; row < batch.size(); row++) {
        text.row(row, lines);
        lines.append((byte) '\n');
        if (lines.length() >= STEP) {
          open.append(lines.array(), lines.length());
          lines.truncate(0);
        }
      }
      open.append(lines.array(), lines.length());
      lines.truncate(0);
    } catch (IOException ex) {
      throw failed(ex);
    }
  }

  private LineFile open() throws IOException {
    LineFile open = file;
    if (open != null) {
      return open;
    }
    Path path = manner.path();
    Path directory = path.getParent();
    if (directory != null) {
      Files.createDirectories(directory);
    }
    FileChannel channel =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      long length = wholeLines(channel);
      open =
          manner.mapped()
              ? new MappedLineFile(channel, length)
              : new BufferedLineFile(channel, length);
      period = (length == 0) ? period() : period(Files.getLastModifiedTime(path).toMillis());
    } catch (IOException | RuntimeException ex) {
      channel.close();
      throw ex;
    }
    file = open;
    tidy();
    return open;
  }

  /** Where the last whole line ends. */
  private static long wholeLines(FileChannel channel) throws IOException {
    long end = channel.size();
    while (end > 0) {
      int length = (int) Math.min(WINDOW, end);
      ByteBuffer window = ByteBuffer.allocate(length);
      while (window.hasRemaining() && channel.read(window, end - length + window.position()) >= 0) {
        // until it is whole
      }
      for (int i = length - 1; i >= 0; i--) {
        if (window.get(i) == '\n') {
          return end - length + i + 1;
        }
      }
      end -= length;
    }
    return 0;
  }

  private long period() {
    return period(clock.millis());
  }

  private long period(long millis) {
    long every = manner.rotateEvery().toMillis();
    return (every == 0) ? 0 : Math.floorDiv(millis, every);
  }

  @Override
  public void flush() throws SinkException {
    try {
      LineFile open = open();
      open.commit();
      Duration sync = manner.sync();
      if (sync != null && System.nanoTime() - synced >= sync.toNanos()) {
        open.sync();
        synced = System.nanoTime();
      }
      boolean isFull = manner.rotateSize() > 0 && open.length() >= manner.rotateSize();
      if (open.length() > 0 && (isFull || period() != period)) {
        rotate(open);
      }
    } catch (IOException ex) {
      throw failed(ex);
    }
  }

  /** The records are in the file, so a rotation that fails must not fail the round. */
  private void rotate(LineFile open) {
    try {
      if (manner.sync() != null) {
        open.sync();
      }
      file = null;
      open.close();
      rotation.rotate();
      tidy();
    } catch (IOException ex) {
      LOG.warn("The file {} cannot be rotated, and grows on", manner.path(), ex);
    }
  }

  /** Compressing may take seconds, in which records go on. */
  private void tidy() {
    Thread.ofVirtual()
        .name("tidy-" + manner.path().getFileName())
        .start(
            () -> {
              tidying.lock();
              try {
                rotation.tidy();
              } catch (IOException ex) {
                LOG.warn("Full files of {} cannot be compressed or deleted", manner.path(), ex);
              } finally {
                tidying.unlock();
              }
            });
  }

  private SinkException failed(IOException ex) {
    abandon(ex);
    String reason = (ex.getMessage() == null) ? ex.toString() : ex.getMessage();
    return SinkException.temporary(
        "The file %s cannot be written: %s".formatted(manner.path(), reason), ex);
  }

  /** Closes the file, whose state is unknown; it is opened again for the next round. */
  private void abandon(IOException cause) {
    LineFile open = file;
    file = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException ex) {
        cause.addSuppressed(ex);
      }
    }
  }

  @Override
  public void close() throws SinkException {
    LineFile open = file;
    file = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException ex) {
        throw failed(ex);
      }
    }
  }
}
