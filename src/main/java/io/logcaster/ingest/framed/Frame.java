package io.logcaster.ingest.framed;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * The frame of LogCaster's own protocol. Big-endian; a header of {@value #HEADER} bytes, then the
 * payload:
 *
 * <pre>
 *  0  0xC1 'L' 'C'   magic; the first byte stands in no UTF-8 text
 *  3  u8   version   1
 *  4  u8   type      1 HELLO  2 DATA  3 ACK  4 ERROR  5 PING  6 PONG  7 BYE
 *  5  u8   flags     bit 0: the payload is compressed with zstd
 *  6  u16  reserved  0
 *  8  u32  sequence  chosen by the sender of the frame, growing; of an ACK, the frame it is for
 * 12  u32  length    of the payload, at most {@link #MAX_PAYLOAD}
 * 16  u32  checksum  CRC-32C of the payload as it is sent
 * </pre>
 *
 * <ul>
 *   <li>HELLO: JSON {@code {"client":"…","token":"…"}}; optional, once, first.
 *   <li>DATA: lines, as on a plain connection: JSON, syslog or raw.
 *   <li>ACK: no payload; all records of all DATA frames up to the sequence are durable.
 *   <li>ERROR: JSON {@code {"code":"bad_frame","detail":"…","retryAfterMs":0}}; the connection is
 *       closed after it. What was not acknowledged is to be sent again.
 *   <li>PING is answered by PONG with its sequence; BYE by the last ACK and the end of the
 *       connection.
 * </ul>
 */
public final class Frame {

  /** How many bytes tell a frame from anything else. */
  public static final int MAGIC_LENGTH = 3;

  private static final byte[] MAGIC = {(byte) 0xC1, 'L', 'C'};

  static final int VERSION = 1;

  static final int HEADER = 20;

  /** Larger payloads gain nothing and would let a few senders fill the memory. */
  static final int MAX_PAYLOAD = 1 << 20;

  /** What a compressed payload may become: more than log text compresses to one megabyte from. */
  static final int MAX_UNPACKED = 16 << 20;

  static final int HELLO = 1;
  static final int DATA = 2;
  static final int ACK = 3;
  static final int ERROR = 4;
  static final int PING = 5;
  static final int PONG = 6;
  static final int BYE = 7;

  static final int ZSTD = 1;

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private Frame() {}

  /** Whether bytes begin like a frame, as far as there are any. */
  public static boolean mayBegin(byte[] bytes, int from, int to) {
    int known = Math.min(to - from, MAGIC_LENGTH);
    return Arrays.equals(bytes, from, from + known, MAGIC, 0, known);
  }

  /** Whether a header's first four bytes are those of a frame. */
  static boolean isFrame(byte[] bytes, int at) {
    return (int) INTS.get(bytes, at) == (0xC14C4300 | VERSION);
  }

  static int type(byte[] bytes, int at) {
    return bytes[at + 4];
  }

  static boolean isCompressed(byte[] bytes, int at) {
    return (bytes[at + 5] & ZSTD) != 0;
  }

  static int sequence(byte[] bytes, int at) {
    return (int) INTS.get(bytes, at + 8);
  }

  /** The length of the payload as an unsigned number. */
  static long length(byte[] bytes, int at) {
    return (int) INTS.get(bytes, at + 12) & 0xffffffffL;
  }

  /** Whether the payload is what its sender checked. */
  static boolean isIntact(byte[] bytes, int at, int length) {
    return (int) INTS.get(bytes, at + 16) == checksum(bytes, at + HEADER, length);
  }

  private static int checksum(byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }

  /** Builds a frame. */
  static byte[] of(int type, int flags, int sequence, byte[] payload) {
    byte[] frame = new byte[HEADER + payload.length];
    INTS.set(frame, 0, 0xC14C4300 | VERSION);
    frame[4] = (byte) type;
    frame[5] = (byte) flags;
    INTS.set(frame, 8, sequence);
    INTS.set(frame, 12, payload.length);
    INTS.set(frame, 16, checksum(payload, 0, payload.length));
    System.arraycopy(payload, 0, frame, HEADER, payload.length);
    return frame;
  }

  static byte[] of(int type, int sequence) {
    return of(type, 0, sequence, new byte[0]);
  }

  /**
   * Builds an ERROR frame.
   *
   * @param detail without characters that JSON escapes
   */
  static byte[] error(String code, String detail, int retryAfterMillis) {
    String json =
        "{\"code\":\"%s\",\"detail\":\"%s\",\"retryAfterMs\":%d}"
            .formatted(code, detail, retryAfterMillis);
    return of(ERROR, 0, 0, json.getBytes(StandardCharsets.UTF_8));
  }
}
