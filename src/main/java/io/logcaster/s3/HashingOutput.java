package io.logcaster.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Counts and hashes what passes to another stream, which it does not close. */
public final class HashingOutput extends OutputStream {

  private static final int BUFFER = 1 << 16;

  private final OutputStream target;
  private final MessageDigest digest;
  private long length;

  public HashingOutput(OutputStream target) {
    this.target = target;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (GeneralSecurityException ex) {
      throw new IllegalStateException("Every Java platform has SHA-256", ex);
    }
  }

  /** The SHA-256 of a file in hexadecimal. */
  public static String hash(Path file) throws IOException {
    HashingOutput hashing = new HashingOutput(OutputStream.nullOutputStream());
    try (InputStream in = Files.newInputStream(file)) {
      byte[] buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        hashing.write(buffer, 0, read);
      }
    }
    return hashing.hex();
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

  /** The number of bytes that have passed. */
  public long length() {
    return length;
  }

  /** The SHA-256 of what has passed, in hexadecimal. Call it once. */
  public String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
