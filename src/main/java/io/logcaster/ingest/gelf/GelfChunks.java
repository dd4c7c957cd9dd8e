package io.logcaster.ingest.gelf;

import io.logcaster.ingest.Bytes;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Puts the chunks of GELF messages together.
 *
 * <pre>
 * 0  0x1E 0x0F   magic
 * 2  8 bytes     message id
 * 10 u8          number of this chunk, from 0
 * 11 u8          how many chunks the message has, at most 128
 * 12 …           a part of the message
 * </pre>
 *
 * <p>Messages whose chunks do not all come within five seconds are given up, and the oldest is when
 * there are too many. Both the number of messages and their bytes are bounded, because anybody may
 * send first chunks. Not thread-safe.
 *
 * @see <a href="https://go2docs.graylog.org/current/getting_in_log_data/gelf.html">GELF</a>
 */
public final class GelfChunks {

  private static final int HEADER = 12;

  private static final int MAX_CHUNKS = 128;

  /** As Graylog: all chunks come within five seconds or not at all. */
  private static final long EXPIRY_NANOS = TimeUnit.SECONDS.toNanos(5);

  private static final int MAX_MESSAGES = 1000;

  private static final int MAX_BYTES = 16 << 20;

  private final Map<Key, Message> pending = new LinkedHashMap<>();

  private int pendingBytes;

  private long givenUp;

  /** Two senders may choose the same id. */
  private record Key(long id, String sender) {}

  private static final class Message {

    final byte[][] parts;
    final long since;
    int missing;
    int bytes;

    Message(int count, long since) {
      this.parts = new byte[count][];
      this.missing = count;
      this.since = since;
    }

    byte[] join() {
      byte[] whole = new byte[bytes];
      int at = 0;
      for (byte[] part : parts) {
        System.arraycopy(part, 0, whole, at, part.length);
        at += part.length;
      }
      return whole;
    }
  }

  /** Whether a datagram is a chunk. */
  public static boolean isChunk(byte[] bytes, int length) {
    return length >= 2 && bytes[0] == 0x1e && bytes[1] == 0x0f;
  }

  /**
   * Takes a chunk.
   *
   * @param sender who sent it
   * @param nanos the system's timer
   * @return the whole message, when this was its last missing chunk
   */
  public byte @Nullable [] add(byte[] bytes, int length, String sender, long nanos) {
    int count = (length < HEADER) ? 0 : bytes[11] & 0xff;
    int number = (length < HEADER) ? 0 : bytes[10] & 0xff;
    if (count == 0 || count > MAX_CHUNKS || number >= count) {
      givenUp++;
      return null;
    }
    Key key = new Key(Bytes.word(bytes, 2), sender);
    Message message = pending.get(key);
    if (message == null || message.parts.length != count) {
      if (message != null) {
        forget(message);
      }
      message = new Message(count, nanos);
      pending.remove(key);
      pending.put(key, message);
    }
    if (message.parts[number] != null) {
      return null;
    }
    byte[] part = new byte[length - HEADER];
    System.arraycopy(bytes, HEADER, part, 0, part.length);
    message.parts[number] = part;
    message.bytes += part.length;
    pendingBytes += part.length;
    if (--message.missing == 0) {
      pending.remove(key);
      pendingBytes -= message.bytes;
      return message.join();
    }
    makeRoom();
    return null;
  }

  private void makeRoom() {
    Iterator<Message> oldest = pending.values().iterator();
    while (pending.size() > MAX_MESSAGES || pendingBytes > MAX_BYTES) {
      Message message = oldest.next();
      oldest.remove();
      forget(message);
    }
  }

  private void forget(Message message) {
    pendingBytes -= message.bytes;
    givenUp++;
  }

  /** Gives up messages whose chunks did not all come in time. */
  public void expire(long nanos) {
    Iterator<Message> oldest = pending.values().iterator();
    while (oldest.hasNext()) {
      Message message = oldest.next();
      if (nanos - message.since < EXPIRY_NANOS) {
        return;
      }
      oldest.remove();
      forget(message);
    }
  }

  /** How many messages wait for chunks. */
  int pending() {
    return pending.size();
  }

  /** How many messages were given up since this was last asked. */
  public long takeGivenUp() {
    long count = givenUp;
    givenUp = 0;
    return count;
  }
}
