package io.logcaster.ingest.gelf;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/** Unpacks GELF messages that came by datagram, with gzip or zlib. */
public final class GelfPacking {

  private GelfPacking() {}

  /** Whether a message begins like gzip or zlib. */
  public static boolean isPacked(byte[] bytes, int length) {
    return length > 2 && (isGzip(bytes) || isZlib(bytes));
  }

  private static boolean isGzip(byte[] bytes) {
    return bytes[0] == 0x1f && bytes[1] == (byte) 0x8b;
  }

  /** The letter x begins zlib's data, too; its second byte must fit (RFC 1950). */
  private static boolean isZlib(byte[] bytes) {
    return bytes[0] == 0x78 && (0x7800 | (bytes[1] & 0xff)) % 31 == 0;
  }

  /**
   * Unpacks a message.
   *
   * @param limit the most bytes it may become
   * @return null where it is not what it looked like, or becomes too large
   */
  public static byte @Nullable [] unpack(byte[] bytes, int length, int limit) {
    ByteArrayInputStream packed = new ByteArrayInputStream(bytes, 0, length);
    try (InputStream in =
        isGzip(bytes) ? new GZIPInputStream(packed) : new InflaterInputStream(packed)) {
      byte[] unpacked = in.readNBytes(limit + 1);
      return (unpacked.length > limit) ? null : unpacked;
    } catch (IOException ex) {
      return null;
    }
  }
}
