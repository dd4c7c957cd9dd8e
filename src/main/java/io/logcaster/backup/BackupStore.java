package io.logcaster.backup;

import io.logcaster.s3.S3Bucket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The backups below a prefix of a bucket. */
public final class BackupStore implements AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();

  private static final int BUFFER = 1 << 16;

  private final S3Bucket bucket;

  private final String prefix;

  /**
   * @param prefix what all keys begin with: empty, or ends with a slash
   */
  public BackupStore(S3Bucket bucket, String prefix) {
    this.bucket = bucket;
    this.prefix = prefix;
  }

  /** The names of all backups, the oldest first. */
  public List<String> ids() throws IOException {
    String start = prefix + BackupManifest.BACKUPS;
    return bucket.list(start).stream()
        .map(S3Bucket.Listed::key)
        .filter((key) -> key.endsWith(".json"))
        .map((key) -> key.substring(start.length(), key.length() - ".json".length()))
        .toList();
  }

  BackupManifest manifest(String id) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    bucket.get(prefix + BackupManifest.BACKUPS + id + ".json", text);
    BackupManifest manifest;
    try {
      manifest = JSON.readValue(text.toByteArray(), BackupManifest.class);
    } catch (JacksonException ex) {
      throw new IOException("The manifest of the backup " + id + " is damaged", ex);
    }
    if (manifest.version() != BackupManifest.VERSION) {
      throw new IOException(
          "The backup %s has the version %d, but this LogCaster reads version %d"
              .formatted(id, manifest.version(), BackupManifest.VERSION));
    }
    return manifest;
  }

  /** The last backup; null if there is none. */
  @Nullable BackupManifest last() throws IOException {
    List<String> ids = ids();
    return ids.isEmpty() ? null : manifest(ids.getLast());
  }

  /** The objects that are there, by their keys without the prefix. */
  List<S3Bucket.Listed> objects() throws IOException {
    return bucket.list(prefix + BackupManifest.OBJECTS).stream()
        .map(
            (found) ->
                new S3Bucket.Listed(found.key().substring(prefix.length()), found.modified()))
        .toList();
  }

  void put(BackupManifest.Entry entry, Path file) throws IOException {
    bucket.put(prefix + entry.key(), file, entry.sha256());
  }

  void put(BackupManifest manifest) throws IOException {
    bucket.put(prefix + manifest.key(), JSON.writeValueAsBytes(manifest));
  }

  void delete(String key) throws IOException {
    bucket.delete(prefix + key);
  }

  /**
   * Reads the content of a file.
   *
   * @throws IOException also if its length or hash is wrong
   */
  void get(BackupManifest.Entry entry, OutputStream target) throws IOException {
    Hashing hashing = new Hashing(target);
    bucket.get(prefix + entry.key(), hashing);
    if (hashing.length != entry.bytes() || !hashing.hex().equals(entry.sha256())) {
      throw new IOException(
          "The object %s is damaged: it is not the file %s".formatted(entry.key(), entry.path()));
    }
  }

  /** The SHA-256 of a file in hexadecimal. */
  static String hash(Path file) throws IOException {
    Hashing hashing = new Hashing(OutputStream.nullOutputStream());
    try (InputStream in = Files.newInputStream(file)) {
      byte[] buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        hashing.write(buffer, 0, read);
      }
    }
    return hashing.hex();
  }

  @Override
  public void close() {
    bucket.close();
  }

  /** Hashes what passes. */
  private static final class Hashing extends OutputStream {

    private final OutputStream target;
    private final MessageDigest digest;
    private long length;

    Hashing(OutputStream target) {
      this.target = target;
      try {
        digest = MessageDigest.getInstance("SHA-256");
      } catch (GeneralSecurityException ex) {
        throw new IllegalStateException("Every Java platform has SHA-256", ex);
      }
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      target.write(bytes, from, count);
      digest.update(bytes, from, count);
      length += count;
    }

    String hex() {
      return HexFormat.of().formatHex(digest.digest());
    }
  }
}
