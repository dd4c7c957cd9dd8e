package io.logcaster.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * How much of a file was sent, saved in a file of its own.
 *
 * <p>A file is sent in frames, numbered from 1 under a client id that identifies this content. The
 * end of a frame depends only on its beginning and on {@code planned}, which is saved before
 * anything up to it is sent. So a later run, even after a kill, forms the same frames with the same
 * numbers, and the server recognises those that it has stored.
 *
 * @param key identifies the file, independent of its name
 * @param source the file's name at the beginning, for people
 * @param client the client id
 * @param head a hash of the file's first bytes
 * @param headLength how many bytes that hash covers
 * @param size of the file when this was written
 * @param offset acknowledged bytes of the uncompressed content
 * @param sequence of the next frame
 * @param planned the end of the last frame that may have been sent; -1 for the end of the content
 */
record FeedState(
    String key,
    String source,
    String client,
    String head,
    int headLength,
    long size,
    long offset,
    long sequence,
    long planned) {

  /** Enough bytes to tell two log files apart. */
  static final int HEAD = 4_096;

  private static final JsonMapper JSON = new JsonMapper();

  /** Hex digits of a name that is unique among all files of a machine. */
  private static final int NAME_DIGITS = 32;

  FeedState at(long newOffset, long newSequence) {
    return new FeedState(
        key, source, client, head, headLength, size, newOffset, newSequence, planned);
  }

  FeedState planned(long newSize, long newPlanned) {
    return new FeedState(
        key, source, client, head, headLength, newSize, offset, sequence, newPlanned);
  }

  /** Whether all planned frames are acknowledged. */
  boolean isDone() {
    return offset == planned;
  }

  /** Reads a state; null if there is none. */
  static @Nullable FeedState read(Path file) throws IOException {
    try {
      return JSON.readValue(Files.readString(file), FeedState.class);
    } catch (NoSuchFileException ex) {
      return null;
    } catch (JacksonException ex) {
      throw new CommandFailure(
          file + " is not a readable state: delete it to start over (" + ex.getMessage() + ")", ex);
    }
  }

  /** Writes the state atomically. */
  void write(Path file) throws IOException {
    Path temporary = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(temporary, JSON.writeValueAsString(this));
    Files.move(
        temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** A short name for parts that together are unique. */
  static String hash(String... parts) {
    return hash(Arrays.toString(parts).getBytes(StandardCharsets.UTF_8));
  }

  static String hash(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest).substring(0, NAME_DIGITS);
    } catch (NoSuchAlgorithmException ex) {
      throw new IllegalStateException("Every Java has SHA-256", ex);
    }
  }
}
