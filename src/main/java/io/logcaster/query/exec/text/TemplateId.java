package io.logcaster.query.exec.text;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The name of a template: the first eight bytes of the SHA-256 of its text in UTF-8, written as 16
 * hexadecimal digits. It depends on nothing else, so it is the same on every server and after every
 * merge and restart. Among 100,000 templates, two share an id with a probability of 1 to 4 billion.
 */
public final class TemplateId {

  private TemplateId() {}

  /** The id of a text as a number. */
  public static long of(byte[] text, int from, int to) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(text, from, to - from);
      byte[] hash = digest.digest();
      long id = 0;
      for (int i = 0; i < Long.BYTES; i++) {
        id = id << Byte.SIZE | (hash[i] & 0xff);
      }
      return id;
    } catch (NoSuchAlgorithmException ex) {
      throw new IllegalStateException("Every Java has SHA-256", ex);
    }
  }

  /** The id of a template. */
  public static String of(String template) {
    byte[] text = template.getBytes(StandardCharsets.UTF_8);
    return format(of(text, 0, text.length));
  }

  /** Writes an id as users see it. */
  public static String format(long id) {
    return HexFormat.of().toHexDigits(id);
  }
}
