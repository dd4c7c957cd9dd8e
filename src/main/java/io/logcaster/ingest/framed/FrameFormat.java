package io.logcaster.ingest.framed;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;
import tools.jackson.databind.json.JsonMapper;

/**
 * The frame of LogCaster's own protocol. Big-endian; a header of {@value #HEADER} bytes, then the
 * payload:
 *
 * <pre>
 *  0  0xC1 'L' 'C'   magic; the first byte does not occur in UTF-8 text
 *  3  u8   version   1
 *  4  u8   type      1 HELLO  2 DATA  3 ACK  4 ERROR  5 PING  6 PONG  7 BYE
 *  5  u8   flags     bit 0: the payload is compressed with zstd
 *  6  u16  reserved  0
 *  8  u32  sequence  of DATA, see there; of ACK and ERROR, the frame it is for; of PING, any
 * 12  u32  length    of the payload, at most {@link #MAX_PAYLOAD}
 * 16  u32  checksum  CRC-32C of the payload as it is sent
 * </pre>
 *
 * <ul>
 *   <li>HELLO: JSON {@code {"client":"…","resume":true,"token":"…"}}, each optional; the first
 *       frame, once. The package's description says what it is for.
 *   <li>DATA: lines, as on a plain connection: JSON, syslog or raw. The sequence grows from frame
 *       to frame and begins with 1. Sequences that a named sender leaves out are reported as
 *       missing.
 *   <li>ACK: no payload; all records of all DATA frames up to the sequence are durable.
 *   <li>ERROR: JSON {@code {"code":"…","detail":"…","retryAfterMs":0}}; the connection is closed
 *       after it. The sender repeats what was not acknowledged, unless {@code retryAfterMs} is 0:
 *       then it would fail again.
 *   <li>PING is answered by PONG with its sequence; BYE by the last ACK and the end of the
 *       connection.
 * </ul>
 *
 * <table>
 *   <caption>Codes of errors</caption>
 *   <tr><td>{@code bad_frame}</td><td>no frame of version 1, a wrong checksum or length, a payload
 *       that does not unpack, an unknown type, a sequence that does not grow</td></tr>
 *   <tr><td>{@code bad_hello}</td><td>no JSON object, a client's name that is too long, or not the
 *       first frame</td></tr>
 *   <tr><td>{@code unauthorized}</td><td>the server requires a token and got none or a wrong
 *       one</td></tr>
 *   <tr><td>{@code frame_too_large}</td><td>the frame of the error's sequence holds more than
 *       {@link #MAX_PAYLOAD} bytes, {@link #MAX_UNPACKED} bytes unpacked, {@link #MAX_RECORDS}
 *       records or a thousand different fields; the sender has to split it</td></tr>
 *   <tr><td>{@code client_in_use}</td><td>an older connection of the same client did not end in
 *       time; the sender may retry</td></tr>
 *   <tr><td>{@code replaced}</td><td>a newer connection of the same client has taken over</td></tr>
 *   <tr><td>{@code not_stored}</td><td>the records could not be stored now; the sender may
 *       retry</td></tr>
 * </table>
 */
public final class FrameFormat {

  /** How many bytes tell a frame from anything else. */
  public static final int MAGIC_LENGTH = 3;

  private static final byte[] MAGIC = {(byte) 0xC1, 'L', 'C'};

  static final int VERSION = 1;

  static final int HEADER = 20;

  /** Larger payloads gain nothing and would let a few senders fill the memory. */
  static final int MAX_PAYLOAD = 1 << 20;

  /**
   * What a compressed payload may become: more than log text compresses to one megabyte from. The
   * records of a frame are kept together in memory and on disk, so more would cost every sender.
   */
  static final int MAX_UNPACKED = 16 << 20;

  /** Each record costs some dozen bytes, however short its line. */
  static final int MAX_RECORDS = 1 << 16;

  static final int HELLO = 1;
  static final int DATA = 2;
  static final int ACK = 3;
  static final int ERROR = 4;
  static final int PING = 5;
  static final int PONG = 6;
  static final int BYE = 7;

  static final int ZSTD = 1;

  private static final JsonMapper JSON = new JsonMapper();

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private FrameFormat() {}

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

  /** The sequence as an unsigned number. */
  static long number(byte[] bytes, int at) {
    return sequence(bytes, at) & 0xffffffffL;
  }

  /** The length of the payload as an unsigned number. */
  static long length(byte[] bytes, int at) {
    return (int) INTS.get(bytes, at + 12) & 0xffffffffL;
  }

  /** Whether the payload is what its sender checked. */
  static boolean isIntact(byte[] bytes, int at, int length) {
    return (int) INTS.get(bytes, at + 16) == checksum(bytes, at + HEADER, length);
  }

  /** The checksum of the payload as an unsigned number. */
  static long checksum(byte[] bytes, int at) {
    return (int) INTS.get(bytes, at + 16) & 0xffffffffL;
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
   * @param sequence the frame it is about; 0 for none
   */
  static byte[] error(int sequence, String code, String detail, int retryAfterMillis) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("code", code);
    body.put("detail", detail);
    body.put("retryAfterMs", retryAfterMillis);
    return of(ERROR, 0, sequence, JSON.writeValueAsBytes(body));
  }
}
