package io.logcaster.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the memory for large messages of all TCP connections together: an eighth of the heap for
 * incoming ones, and another eighth for decompressed ones. A connection that finds no room waits,
 * which slows its sender down; after some seconds it is closed, and the sender retries.
 */
public final class LargeMessages {

  /** A message up to this size needs no permit. */
  public static final int SMALL = 256 << 10;

  /** Agents send messages of 2 MB by default, and of at most 8 MB in practice. */
  public static final int LARGE = 16 << 20;

  /** The buffer size to try first, enough for most decompressed messages. */
  private static final int USUALLY_UNPACKED = 4 << 20;

  private static final int MAX_UNPACKED = 64 << 20;

  /** The time that agents wait for an answer at least. */
  private static final long WAIT_SECONDS = 10;

  private final Semaphore arriving;

  /** One permit for each megabyte. */
  private final Semaphore unpacking;

  private final int mostUnpacked;

  /** Uses the heap size of this process. */
  public LargeMessages() {
    this(Runtime.getRuntime().maxMemory());
  }

  /**
   * @param heap the maximum heap size, in bytes
   */
  LargeMessages(long heap) {
    long share = heap / 8;
    arriving = new Semaphore((int) Math.max(1, share / LARGE), true);
    mostUnpacked = Math.clamp(share, LARGE, MAX_UNPACKED);
    unpacking = new Semaphore((int) (Math.max(share, mostUnpacked) >> 20), true);
  }

  /** The share of a new connection. */
  Share share() {
    return new Share();
  }

  /**
   * Decompresses a message of at most {@value #MAX_UNPACKED} bytes.
   *
   * @throws FullException if no room became free in time
   * @throws IOException if it cannot be decompressed, or is too large then
   */
  Unpacked unpack(Packed packed) throws IOException, InterruptedException {
    Unpacked usual = unpack(packed, USUALLY_UNPACKED);
    if (usual != null) {
      return usual;
    }
    Unpacked large = unpack(packed, mostUnpacked);
    if (large == null) {
      throw new IOException("unpacks to more than " + mostUnpacked + " bytes");
    }
    return large;
  }

  /** Returns null if it is more than {@code most} bytes. */
  private @Nullable Unpacked unpack(Packed packed, int most)
      throws IOException, InterruptedException {
    int permits = most >> 20;
    acquire(unpacking, permits);
    boolean kept = false;
    try (InputStream in = packed.open()) {
      byte[] bytes = new byte[64 << 10];
      int length = 0;
      for (int n = 0; n >= 0; n = in.read(bytes, length, bytes.length - length)) {
        length += n;
        if (length == bytes.length) {
          if (length > most) {
            return null;
          }
          // One byte more than allowed, to detect larger messages.
          bytes = Arrays.copyOf(bytes, Math.min(length * 2, most + 1));
        }
      }
      kept = length <= most;
      return kept ? new Unpacked(bytes, length, permits) : null;
    } finally {
      if (!kept) {
        unpacking.release(permits);
      }
    }
  }

  private static void acquire(Semaphore semaphore, int permits)
      throws FullException, InterruptedException {
    if (!semaphore.tryAcquire(permits, WAIT_SECONDS, TimeUnit.SECONDS)) {
      throw new FullException();
    }
  }

  /** Opens a compressed message at its beginning. */
  @FunctionalInterface
  public interface Packed {
    InputStream open() throws IOException;
  }

  /** Thrown if there is no room for a large message. */
  public static final class FullException extends IOException {
    private static final long serialVersionUID = 1;

    private FullException() {
      super("too many large messages at once");
    }
  }

  /** A decompressed message, which holds memory until it is closed. */
  public final class Unpacked implements AutoCloseable {

    private final byte[] bytes;

    private final int length;

    private final int permits;

    private Unpacked(byte[] bytes, int length, int permits) {
      this.bytes = bytes;
      this.length = length;
      this.permits = permits;
    }

    /** A buffer that begins with the message; only the first {@link #length} bytes count. */
    public byte[] bytes() {
      return bytes;
    }

    public int length() {
      return length;
    }

    @Override
    public void close() {
      unpacking.release(permits);
    }
  }

  /** The memory that one connection holds for the message it is reading. Not thread-safe. */
  public final class Share {

    private boolean large;

    private Share() {}

    /** How many bytes a message may have with the memory held now. */
    int limit() {
      return large ? LARGE : SMALL;
    }

    /**
     * Waits for room if the message needs more than the memory held now.
     *
     * @param arrived how many of its bytes have arrived
     * @return whether the message may continue; false above {@link #LARGE}
     */
    boolean grow(int arrived) throws FullException, InterruptedException {
      if (arrived < limit()) {
        return true;
      }
      if (large) {
        return false;
      }
      acquire(arriving, 1);
      large = true;
      return true;
    }

    /**
     * Releases the room if no large message is being read.
     *
     * @param waiting how many bytes of a message have arrived
     */
    void settle(int waiting) {
      if (large && waiting < SMALL / 2) {
        large = false;
        arriving.release();
      }
    }
  }
}
