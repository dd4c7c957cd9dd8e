package io.logcaster.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the memory for large messages of all TCP connections together: an eighth of the heap while
 * they arrive, and another eighth when they are unpacked. A connection that finds no room waits,
 * which slows its sender down; after some seconds it is closed, and the sender tries again.
 */
public final class LargeMessages {

  /** A message up to this size needs no permit. */
  public static final int SMALL = 256 << 10;

  /** What agents send at once is 2 MB by default, and 8 MB at most in the wild. */
  public static final int LARGE = 16 << 20;

  /** Most messages unpack to no more than this, so it is tried first. */
  private static final int USUALLY_UNPACKED = 4 << 20;

  private static final int MOST_UNPACKED = 64 << 20;

  /** Agents wait this long for an answer at least. */
  private static final long WAIT_SECONDS = 10;

  private final Semaphore arriving;

  /** A permit for each megabyte. */
  private final Semaphore unpacking;

  private final int mostUnpacked;

  /** Takes the size of this process's heap. */
  public LargeMessages() {
    this(Runtime.getRuntime().maxMemory());
  }

  /**
   * @param heap how large the heap may become, in bytes
   */
  LargeMessages(long heap) {
    long share = heap / 8;
    arriving = new Semaphore((int) Math.max(2, share / LARGE), true);
    mostUnpacked = Math.clamp(share, LARGE, MOST_UNPACKED);
    unpacking = new Semaphore((int) (Math.max(share, mostUnpacked) >> 20), true);
  }

  /** The share of a new connection. */
  public Share share() {
    return new Share();
  }

  /**
   * Unpacks a message, of {@value #MOST_UNPACKED} bytes at most.
   *
   * @throws FullException if no room became free in time
   * @throws IOException if it does not unpack, or unpacks to too many bytes
   */
  public Unpacked unpack(Packed packed) throws IOException, InterruptedException {
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
          // One more than allowed, to see whether there is more.
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

  /** Opens a packed message at its beginning. */
  @FunctionalInterface
  public interface Packed {
    InputStream open() throws IOException;
  }

  /** There is no room for a large message now. */
  public static final class FullException extends IOException {
    private static final long serialVersionUID = 1;

    private FullException() {
      super("too many large messages at once");
    }
  }

  /** An unpacked message, until it is closed. */
  public final class Unpacked implements AutoCloseable {

    private final byte[] bytes;

    private final int length;

    private final int permits;

    private Unpacked(byte[] bytes, int length, int permits) {
      this.bytes = bytes;
      this.length = length;
      this.permits = permits;
    }

    /** The message is at the beginning of these bytes. */
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

  /** What one connection holds for the message that it reads. Not thread-safe. */
  public final class Share {

    private boolean large;

    private Share() {}

    /** How many bytes a message may have now. */
    public int limit() {
      return large ? LARGE : SMALL;
    }

    /**
     * Waits for room if the message needs more than it has.
     *
     * @param arrived how many bytes of it have come
     * @return whether the message may go on; false above {@link #LARGE}
     */
    public boolean grow(int arrived) throws FullException, InterruptedException {
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
     * @param waiting how many bytes of one have come
     */
    public void settle(int waiting) {
      if (large && waiting < SMALL / 2) {
        large = false;
        arriving.release();
      }
    }
  }
}
