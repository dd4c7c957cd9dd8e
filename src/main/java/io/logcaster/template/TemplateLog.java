package io.logcaster.template;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of the known templates: a log of changes, which is rewritten as one snapshot when it has
 * grown to a multiple of that. Big-endian:
 *
 * <pre>
 * file:    "LCTEMPL" version u8, then frames
 * frame:   length u32, CRC-32C of the payload u32, payload
 * payload: changes, all of which happen or none
 * change:  kind u8, then
 *   1 flushed    sequence i64: what follows in later frames is of flushes after this one
 *   2 template   id i64, text sized, learned i64, flags u8 (1: has a birth), last seen i64,
 *                count i64, days u16 with an i64 each, first time i64, time of the
 *                example i64, first record sized
 *   3 records    id i64, day i32, count i64, latest time i64
 *   4 forgotten  id i64
 *   5 since      i64: when the server began to learn, in nanoseconds since the epoch
 *   6 history    sequence i64: segments up to it are still to be learned; 0 if none
 *   7 merged     id i64, id i64 of the template that stands for it from now on
 * sized:   length u16, bytes
 * </pre>
 *
 * <p>A frame is on disk when {@link #append} returns. A frame that a crash has cut off is dropped.
 * Not thread-safe.
 */
final class TemplateLog implements AutoCloseable {

  static final String FILE = "templates.log";

  static final byte VERSION = 1;

  private static final byte[] MAGIC = "LCTEMPL".getBytes(StandardCharsets.US_ASCII);

  private static final int HEAD_BYTES = 8;

  private static final int FRAME_HEAD_BYTES = 8;

  /** A frame of a flush has some kilobytes; only damage gives larger numbers. */
  private static final int MAX_FRAME = 256 << 20;

  /** The log may grow by this much before it is rewritten, however small its snapshot is. */
  private static final long FREE_GROWTH = 8L << 20;

  private static final Logger LOG = LoggerFactory.getLogger(TemplateLog.class);

  private final Path file;

  private @Nullable FileChannel channel;

  private long length;

  private long snapshotLength;

  /** Reads the payload of a frame. */
  @FunctionalInterface
  interface Reader {

    void read(DataInputStream changes) throws IOException;
  }

  /** Takes the frames of a snapshot. */
  @FunctionalInterface
  interface Frames {

    void add(TemplateChanges changes) throws IOException;
  }

  /** Writes a snapshot, in as many frames as it likes. */
  @FunctionalInterface
  interface Snapshot {

    void write(Frames frames) throws IOException;
  }

  TemplateLog(Path directory) {
    file = directory.resolve(FILE);
  }

  /**
   * Opens the file, which is created if it is missing. A file that is damaged in the middle keeps
   * what comes before.
   *
   * @return whether the file existed and was readable; if not, nothing was read
   */
  boolean open(Reader reader) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    long good = Files.exists(file) ? read(reader) : 0;
    if (good < HEAD_BYTES && Files.exists(file)) {
      Path aside = file.resolveSibling(FILE + ".damaged");
      Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
      LOG.warn("The file of the templates is damaged or of another version; it is now {}", aside);
    }
    FileChannel opened =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    channel = opened;
    if (good < HEAD_BYTES) {
      write(opened, head());
      opened.force(true);
      syncDirectory();
      length = HEAD_BYTES;
      snapshotLength = length;
      return false;
    }
    if (opened.size() > good) {
      LOG.warn("Dropped {} bytes at the end of {}", opened.size() - good, file);
      opened.truncate(good);
    }
    opened.position(good);
    length = good;
    snapshotLength = good;
    return true;
  }

  /** Makes the name of the file as durable as its content. */
  private void syncDirectory() throws IOException {
    try (FileChannel directory =
        FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  private static ByteBuffer head() {
    return ByteBuffer.allocate(HEAD_BYTES).put(MAGIC).put(VERSION).flip();
  }

  /** Reads all frames; returns where the last whole one ends. */
  private long read(Reader reader) throws IOException {
    long good = 0;
    try (InputStream stream = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        DataInputStream in = new DataInputStream(stream)) {
      byte[] head = in.readNBytes(HEAD_BYTES);
      if (!ByteBuffer.wrap(head).equals(head())) {
        return 0;
      }
      good = HEAD_BYTES;
      while (true) {
        byte[] frame = in.readNBytes(FRAME_HEAD_BYTES);
        if (frame.length < FRAME_HEAD_BYTES) {
          return good;
        }
        int size = ByteBuffer.wrap(frame).getInt();
        if (size < 0 || size > MAX_FRAME) {
          return good;
        }
        byte[] payload = in.readNBytes(size);
        if (payload.length < size || checksum(payload, size) != ByteBuffer.wrap(frame).getInt(4)) {
          return good;
        }
        try (DataInputStream changes = new DataInputStream(new ByteArrayInputStream(payload))) {
          reader.read(changes);
        }
        good += FRAME_HEAD_BYTES + (long) size;
      }
    }
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, length);
    return (int) checksum.getValue();
  }

  /** Appends changes as one frame, which is on disk when this returns. */
  void append(TemplateChanges changes) throws IOException {
    FileChannel open = channel;
    if (open == null) {
      throw new IOException("The file of the templates is closed");
    }
    try {
      open.position(length);
      long written = append(open, changes);
      open.force(false);
      length += written;
    } catch (IOException ex) {
      // What was written of the frame would hide later ones.
      open.truncate(length);
      throw ex;
    }
  }

  private static long append(FileChannel open, TemplateChanges changes) throws IOException {
    byte[] payload = changes.toByteArray();
    ByteBuffer frame = ByteBuffer.allocate(FRAME_HEAD_BYTES + payload.length);
    frame.putInt(payload.length).putInt(checksum(payload, payload.length)).put(payload).flip();
    write(open, frame);
    return frame.limit();
  }

  private static void write(FileChannel open, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      open.write(bytes);
    }
  }

  /** Whether the log is so much longer than its snapshot that it should be rewritten. */
  boolean isLong() {
    return length - snapshotLength > FREE_GROWTH + snapshotLength;
  }

  /** Replaces the file by a snapshot. */
  void rewrite(Snapshot snapshot) throws IOException {
    Path temporary = file.resolveSibling(FILE + ".tmp");
    FileChannel fresh = write(temporary, snapshot);
    try {
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      syncDirectory();
      length = fresh.position();
      snapshotLength = length;
    } catch (IOException | RuntimeException ex) {
      fresh.close();
      throw ex;
    }
    FileChannel before = channel;
    channel = fresh;
    if (before != null) {
      before.close();
    }
  }

  /** Writes a snapshot to another directory. */
  static void copyTo(Path directory, Snapshot snapshot) throws IOException {
    write(directory.resolve(FILE), snapshot).close();
  }

  /** Writes and syncs a file, which is left open. */
  private static FileChannel write(Path target, Snapshot snapshot) throws IOException {
    FileChannel fresh =
        FileChannel.open(
            target,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    try {
      write(fresh, head());
      snapshot.write((changes) -> append(fresh, changes));
      fresh.force(true);
      return fresh;
    } catch (IOException | RuntimeException ex) {
      fresh.close();
      throw ex;
    }
  }

  @Override
  public void close() throws IOException {
    FileChannel open = channel;
    channel = null;
    if (open != null) {
      open.close();
    }
  }
}
