package io.logcaster.client;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Keeps batches on disk until they are acknowledged, so that they survive the end of the program.
 *
 * <p>A spool is a directory of files, each named by the first sequence it holds. Numbers are
 * big-endian:
 *
 * <pre>
 * file    "LCSPOOL1" | u16 length of the client id | client id (ASCII) | u32 CRC-32C of the id
 * batch   u32 sequence | u32 records | u32 length | u32 CRC-32C of the payload
 *         | u32 CRC-32C of the 16 bytes before | payload
 * </pre>
 *
 * <p>A file is deleted when all its batches are acknowledged. At the start, anything after the last
 * complete batch of a file is truncated. Writes are not synced: spooled batches survive a kill of
 * the program, but those of the last seconds may not survive a power failure. Used under the lock
 * of its queue.
 */
final class Spool implements Closeable {

  private static final byte[] MAGIC = "LCSPOOL1".getBytes(StandardCharsets.US_ASCII);

  private static final String SUFFIX = ".spool";

  private static final int BATCH_HEADER = 20;

  /**
   * The maximum size of a file, unless an eighth of the bound is smaller; small files free their
   * space early.
   */
  private static final long FILE_BYTES = 8 << 20;

  /** The position of a batch. */
  record Place(File file, long at) {}

  /** An open file and how many of its batches are not acknowledged. */
  static final class File {

    final Path path;

    /** Not a channel, because an interrupt of a writing thread would close it. */
    final RandomAccessFile data;

    long size;
    int live;

    File(Path path) throws IOException {
      this.path = path;
      this.data = new RandomAccessFile(path.toFile(), "rw");
    }

    void write(byte[] source, int length, long at) throws IOException {
      data.seek(at);
      data.write(source, 0, length);
    }

    byte[] read(long at, int length) throws IOException {
      byte[] target = new byte[length];
      data.seek(at);
      data.readFully(target);
      return target;
    }
  }

  private final Path directory;
  private final FileChannel lockFile;
  private final long fileBytes;
  private final TreeMap<Long, File> files = new TreeMap<>();
  private @Nullable File current;
  private @Nullable String clientId;
  private @Nullable String damage;
  private long bytes;

  private Spool(Path directory, FileChannel lockFile, long maxBytes) {
    this.directory = directory;
    this.lockFile = lockFile;
    this.fileBytes = Math.min(FILE_BYTES, maxBytes / 8);
  }

  /**
   * Opens and locks a directory.
   *
   * @throws IOException if it cannot be used, or another client uses it
   */
  static Spool open(Path directory, long maxBytes) throws IOException {
    Files.createDirectories(directory);
    FileChannel lockFile =
        FileChannel.open(
            directory.resolve("LOCK"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = lockFile.tryLock();
      if (lock == null) {
        throw new IOException("The spool directory " + directory + " is used by another client");
      }
      return new Spool(directory, lockFile, maxBytes);
    } catch (OverlappingFileLockException ex) {
      lockFile.close();
      throw new IOException("The spool directory " + directory + " is used by another client", ex);
    } catch (IOException | RuntimeException ex) {
      lockFile.close();
      throw ex;
    }
  }

  /** Finds the batches of an earlier run; returns them without payload, ordered by sequence. */
  List<Batch> recover() throws IOException {
    List<Path> found;
    try (Stream<Path> entries = Files.list(directory)) {
      found = entries.filter((path) -> path.toString().endsWith(SUFFIX)).sorted().toList();
    }
    List<Batch> batches = new ArrayList<>();
    for (Path path : found) {
      recover(path, batches);
    }
    return batches;
  }

  private void recover(Path path, List<Batch> batches) throws IOException {
    File file = new File(path);
    long total = file.data.length();
    long at = readId(file);
    long first = -1;
    while (at > 0 && at + BATCH_HEADER <= total) {
      ByteBuffer header = ByteBuffer.wrap(file.read(at, BATCH_HEADER));
      int length = header.getInt(8);
      if (checksum(header.array(), 16) != header.getInt(16)
          || length < 0
          || at + BATCH_HEADER + length > total
          || checksum(file.read(at + BATCH_HEADER, length), length) != header.getInt(12)) {
        break;
      }
      Batch batch =
          new Batch(header.getInt(0) & Frames.MAX_SEQUENCE, null, length, header.getInt(4));
      batch.place = new Place(file, at);
      batches.add(batch);
      first = (first < 0) ? batch.sequence : first;
      file.live++;
      at += BATCH_HEADER + length;
    }
    if (at < total) {
      damage = path + ": cut at byte " + at + " of " + total + ", the rest is not a complete batch";
    }
    if (file.live == 0) {
      file.data.close();
      if (at < total) {
        Files.move(path, Path.of(path + ".damaged"), StandardCopyOption.REPLACE_EXISTING);
      } else {
        Files.delete(path);
      }
      return;
    }
    file.data.setLength(at);
    file.size = at;
    bytes += at;
    files.put(first, file);
  }

  /** The position after a file's header; 0 if it has none. */
  private long readId(File file) throws IOException {
    long total = file.data.length();
    int fixed = MAGIC.length + 2;
    if (total < fixed) {
      return 0;
    }
    ByteBuffer head = ByteBuffer.wrap(file.read(0, fixed));
    int length = head.getShort(MAGIC.length) & 0xffff;
    if (!head.slice(0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC))
        || total < fixed + length + Integer.BYTES) {
      return 0;
    }
    ByteBuffer id = ByteBuffer.wrap(file.read(fixed, length + Integer.BYTES));
    if (checksum(id.array(), length) != id.getInt(length)) {
      return 0;
    }
    String text = new String(id.array(), 0, length, StandardCharsets.US_ASCII);
    if (clientId != null && !clientId.equals(text)) {
      throw new IOException(
          file.path + " belongs to another client than the other files: move it away");
    }
    clientId = text;
    return (long) fixed + length + Integer.BYTES;
  }

  /** The id of the client that wrote the recovered batches; null if there were none. */
  @Nullable String clientId() {
    return clientId;
  }

  /** A description of what was truncated at the start; null if nothing was. */
  @Nullable String damage() {
    return damage;
  }

  /** The total size of all files in bytes. */
  long bytes() {
    return bytes;
  }

  /** Writes a batch, whose payload must be in memory. */
  void write(Batch batch, String client) throws IOException {
    byte[] payload = batch.payload;
    if (payload == null) {
      throw new IllegalArgumentException("A batch without payload cannot be spooled");
    }
    File file = current;
    if (file == null || file.size >= fileBytes) {
      file = begin(batch.sequence, client);
    }
    ByteBuffer header = ByteBuffer.allocate(BATCH_HEADER);
    header.putInt((int) batch.sequence).putInt(batch.records).putInt(batch.length);
    header.putInt(checksum(payload, batch.length));
    header.putInt(checksum(header.array(), 16));
    // The next batch overwrites what a failure left half written, or the next start truncates it.
    long at = file.size;
    file.write(header.array(), BATCH_HEADER, at);
    file.write(payload, batch.length, at + BATCH_HEADER);
    file.size = at + BATCH_HEADER + batch.length;
    bytes += BATCH_HEADER + batch.length;
    file.live++;
    batch.place = new Place(file, at);
  }

  private File begin(long sequence, String client) throws IOException {
    Path path = directory.resolve(String.format(Locale.ROOT, "%010d%s", sequence, SUFFIX));
    File file = new File(path);
    byte[] id = client.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer head = ByteBuffer.allocate(MAGIC.length + 2 + id.length + Integer.BYTES);
    head.put(MAGIC).putShort((short) id.length).put(id).putInt(checksum(id, id.length));
    file.size = head.position();
    file.write(head.array(), head.position(), 0);
    bytes += file.size;
    files.put(sequence, file);
    current = file;
    return file;
  }

  /** Reads the payload of a batch. */
  byte[] payload(Batch batch, Place place) throws IOException {
    ByteBuffer header = ByteBuffer.wrap(place.file().read(place.at(), BATCH_HEADER));
    byte[] payload = place.file().read(place.at() + BATCH_HEADER, batch.length);
    if (checksum(payload, batch.length) != header.getInt(12)) {
      throw new IOException(place.file().path + ": the batch at " + place.at() + " is damaged");
    }
    return payload;
  }

  /** Releases a batch; its file is deleted with the last one, unless more will be added to it. */
  void release(Place place, boolean nothingLeft) throws IOException {
    File file = place.file();
    file.live--;
    if (file.live == 0 && (file != current || nothingLeft || file.size >= fileBytes)) {
      files.values().remove(file);
      bytes -= file.size;
      current = (file == current) ? null : current;
      file.data.close();
      Files.deleteIfExists(file.path);
    }
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }

  @Override
  public void close() throws IOException {
    for (File file : files.values()) {
      file.data.close();
    }
    lockFile.close();
  }
}
