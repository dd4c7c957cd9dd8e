package io.logcaster.sink;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.logcaster.record.RecordBatch;
import io.logcaster.storage.wal.BatchCodec;
import io.swagger.v3.oas.annotations.media.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Records that a receiver refused for good, kept to be seen and sent again: one file each, {@code
 * 1.letter}, with the time in milliseconds since the epoch (u64), the length of the reason in bytes
 * (u32), the reason, the number of records (u32), and the batch as {@link BatchCodec} writes it.
 * Bounded: the oldest make room. Thread-safe.
 */
final class DeadLetters {

  private static final int MAX_LETTERS = 1_000;
  private static final long MAX_BYTES = 64L << 20;
  private static final int MAX_REASON = 500;

  private final Path directory;
  private final Clock clock;

  /** Sizes by number. */
  private final TreeMap<Long, Long> letters = new TreeMap<>();

  private long bytes;
  private long next = 1;
  private boolean listed;

  /** A letter. */
  record Letter(long id, Instant time, String reason, int records, RecordBatch batch) {

    /** What the API shows of it. */
    View view(List<Map<String, String>> sample) {
      return new View(id, time, reason, records, sample);
    }
  }

  /**
   * A letter in an answer.
   *
   * @param sample some of its records
   */
  @Schema(name = "SinkDeadLetter")
  record View(
      long id,
      Instant time,
      String reason,
      int records,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Map<String, String>> sample) {}

  DeadLetters(Path directory, Clock clock) {
    this.directory = directory;
    this.clock = clock;
  }

  private void list() {
    if (listed) {
      return;
    }
    listed = true;
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (var paths = Files.list(directory)) {
      for (Path path : paths.toList()) {
        String name = path.getFileName().toString();
        if (name.matches("\\d{1,18}\\.letter")) {
          long number = Long.parseLong(name.substring(0, name.indexOf('.')));
          letters.put(number, Files.size(path));
          bytes += Files.size(path);
          next = Math.max(next, number + 1);
        }
      }
    } catch (IOException ex) {
      throw new UncheckedIOException(ex);
    }
  }

  private Path path(long id) {
    return directory.resolve(id + ".letter");
  }

  /**
   * Keeps records; they are on disk when this returns.
   *
   * @return how many records of older letters were dropped to make room
   */
  synchronized long add(RecordBatch batch, String reason) throws IOException {
    list();
    Files.createDirectories(directory);
    byte[] text =
        (reason.length() > MAX_REASON ? reason.substring(0, MAX_REASON) : reason)
            .getBytes(StandardCharsets.UTF_8);
    byte[] payload;
    try (BatchCodec codec = new BatchCodec()) {
      payload = codec.toBytes(batch);
    }
    ByteBuffer letter = ByteBuffer.allocate(16 + text.length + payload.length);
    letter.putLong(clock.millis()).putInt(text.length).put(text);
    letter.putInt(batch.size()).put(payload).flip();
    long size = letter.remaining();
    long dropped = 0;
    while (!letters.isEmpty() && (bytes + size > MAX_BYTES || letters.size() >= MAX_LETTERS)) {
      long oldest = letters.firstKey();
      Letter gone = read(oldest);
      dropped += (gone == null) ? 0 : gone.records();
      remove(oldest);
    }
    long id = next++;
    Path partial = directory.resolve(id + ".partial");
    try (FileChannel channel =
        FileChannel.open(
            partial,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      while (letter.hasRemaining()) {
        channel.write(letter);
      }
      channel.force(false);
    }
    Files.move(partial, path(id), StandardCopyOption.ATOMIC_MOVE);
    letters.put(id, size);
    bytes += size;
    return dropped;
  }

  /** A letter; null if there is none or it is damaged. */
  synchronized @Nullable Letter read(long id) throws IOException {
    list();
    ByteBuffer letter;
    try {
      letter = ByteBuffer.wrap(Files.readAllBytes(path(id)));
    } catch (NoSuchFileException ex) {
      return null;
    }
    try {
      Instant time = Instant.ofEpochMilli(letter.getLong());
      byte[] reason = new byte[letter.getInt()];
      letter.get(reason);
      int records = letter.getInt();
      byte[] payload = new byte[letter.remaining()];
      letter.get(payload);
      return new Letter(
          id,
          time,
          new String(reason, StandardCharsets.UTF_8),
          records,
          BatchCodec.fromBytes(payload));
    } catch (RuntimeException ex) {
      throw new IOException("The dead letter %s is damaged".formatted(path(id)), ex);
    }
  }

  /** The numbers of the newest letters, the newest first. */
  synchronized List<Long> newest(int limit) {
    list();
    List<Long> ids = new ArrayList<>(letters.descendingKeySet());
    return ids.subList(0, Math.min(limit, ids.size()));
  }

  synchronized int count() {
    list();
    return letters.size();
  }

  /** Removes a letter; false if there is none. */
  synchronized boolean remove(long id) throws IOException {
    list();
    Long size = letters.remove(id);
    if (size == null) {
      return false;
    }
    bytes -= size;
    Files.deleteIfExists(path(id));
    return true;
  }
}
