package io.logcaster.backup;

import io.logcaster.s3.HashingOutput;
import io.logcaster.s3.S3Bucket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The backups below a prefix of a bucket. */
public final class BackupStore implements AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();

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
    HashingOutput hashing = new HashingOutput(target);
    bucket.get(prefix + entry.key(), hashing);
    if (hashing.length() != entry.bytes() || !hashing.hex().equals(entry.sha256())) {
      throw new IOException(
          "The object %s is damaged: it is not the file %s".formatted(entry.key(), entry.path()));
    }
  }

  /** The SHA-256 of a file in hexadecimal. */
  static String hash(Path file) throws IOException {
    return HashingOutput.hash(file);
  }

  @Override
  public void close() {
    bucket.close();
  }
}
