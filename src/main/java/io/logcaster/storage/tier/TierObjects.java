package io.logcaster.storage.tier;

import io.logcaster.s3.HashingOutput;
import io.logcaster.s3.S3Bucket;
import io.logcaster.s3.S3RefusedException;
import io.logcaster.s3.S3UnreachableException;
import io.logcaster.storage.segment.bytes.CheckedText;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The objects below a prefix. Reads are repeated if they fail, but not while nobody answers. */
final class TierObjects implements Closeable {

  private static final int ATTEMPTS = 3;

  private static final long FIRST_PAUSE_MILLIS = 100;

  /** After a request without an answer, others fail at once for so long. */
  private static final long AWAY_NANOS = TimeUnit.SECONDS.toNanos(3);

  /** Why requests fail at once until a time of {@link System#nanoTime}. */
  private record Away(String why, long until) {}

  private final S3Bucket bucket;
  private final String prefix;
  private final Path temporary;
  private volatile @Nullable Away away;

  /**
   * Creates a view of a prefix.
   *
   * @param temporary a directory for temporary files
   */
  TierObjects(S3Bucket bucket, String prefix, Path temporary) {
    this.bucket = bucket;
    this.prefix = prefix;
    this.temporary = temporary;
  }

  private interface Call<T> {

    T call() throws IOException;
  }

  private <T> T repeated(Call<T> call) throws IOException {
    Away now = away;
    if (now != null && now.until() - System.nanoTime() > 0) {
      throw new IOException(now.why());
    }
    long pause = FIRST_PAUSE_MILLIS;
    for (int attempt = 1; ; attempt++) {
      try {
        T answer = call.call();
        away = null;
        return answer;
      } catch (NoSuchFileException | S3RefusedException ex) {
        throw ex;
      } catch (IOException ex) {
        boolean last = attempt == ATTEMPTS;
        if (last && ex instanceof S3UnreachableException) {
          away = new Away(String.valueOf(ex.getMessage()), System.nanoTime() + AWAY_NANOS);
        }
        if (last || Thread.currentThread().isInterrupted()) {
          throw ex;
        }
      }
      pause(pause);
      pause *= 4;
    }
  }

  private static void pause(long millis) throws IOException {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException ex) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while waiting for the object storage", ex);
    }
  }

  byte[] get(String key, long from, int length) throws IOException {
    return repeated(() -> bucket.get(prefix + key, from, length));
  }

  /**
   * Creates an object of a file and reads it back.
   *
   * @param sha256 the hash of the file in hexadecimal
   * @throws IOException also if the storage has something else then
   */
  void put(String key, Path file, String sha256) throws IOException {
    bucket.put(prefix + key, file, sha256);
    get(key, Files.size(file), sha256, OutputStream.nullOutputStream());
  }

  /**
   * Reads an object.
   *
   * @throws IOException also if its length or hash is wrong
   */
  void get(String key, long bytes, String sha256, OutputStream target) throws IOException {
    HashingOutput hashing = new HashingOutput(target);
    bucket.get(prefix + key, hashing);
    if (hashing.length() != bytes || !hashing.hex().equals(sha256)) {
      throw new IOException("The object " + prefix + key + " is damaged: its checksum is wrong");
    }
  }

  /** As {@link #get(String, long, String, OutputStream)}, into a file and repeated. */
  void get(String key, long bytes, String sha256, FileOutputStream target) throws IOException {
    repeated(
        () -> {
          target.getChannel().truncate(0);
          get(key, bytes, sha256, (OutputStream) target);
          return key;
        });
  }

  /** Reads an object into a file, from its beginning again after a failure. */
  void get(String key, FileOutputStream target) throws IOException {
    repeated(
        () -> {
          target.getChannel().truncate(0);
          bucket.get(prefix + key, target);
          return key;
        });
  }

  /** Reads a text with a checksum; null if there is none. */
  @Nullable List<String> text(String key, String head) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try {
      repeated(
          () -> {
            text.reset();
            bucket.get(prefix + key, text);
            return text;
          });
    } catch (NoSuchFileException ex) {
      return null;
    }
    synchronized (this) {
      Path file = Files.createDirectories(temporary).resolve(key);
      try {
        Files.write(file, text.toByteArray());
        return CheckedText.read(file, head);
      } finally {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Creates or replaces a text with a checksum. */
  void putText(String key, String head, List<String> lines) throws IOException {
    byte[] text;
    synchronized (this) {
      CheckedText.write(Files.createDirectories(temporary), key, head, lines);
      text = Files.readAllBytes(temporary.resolve(key));
      Files.deleteIfExists(temporary.resolve(key));
    }
    bucket.put(prefix + key, text);
  }

  void delete(String key) throws IOException {
    bucket.delete(prefix + key);
  }

  /** All keys that begin with some text. */
  List<String> list(String start) throws IOException {
    return bucket.list(prefix + start).stream()
        .map((found) -> found.key().substring(prefix.length()))
        .toList();
  }

  String name(String key) {
    return prefix + key;
  }

  /** Where the objects are. */
  String place() {
    return bucket.place() + prefix;
  }

  @Override
  public void close() {
    bucket.close();
  }
}
