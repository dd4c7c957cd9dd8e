package io.logcaster.ingest.http;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A request's body, unpacked while it is read. It ends with an error after {@link #LIMIT} bytes, so
 * that a small body that unpacks to a huge one does no harm.
 *
 * <p>The header says that a body is compressed, its first bytes how: some clients announce {@code
 * gzip,deflate} and send one of them.
 */
final class RequestBody extends InputStream {

  /** What WIRE-compatible servers take, and what fits memory many times over. */
  static final long LIMIT = 64L << 20;

  /**
   * Packed bodies may ask for a window of at most 2^23 bytes, as all of zstd's levels but the three
   * "ultra" ones do.
   */
  private static final int MAX_WINDOW_LOG = 23;

  private static final Set<String> KNOWN =
      Set.of("", "identity", "gzip", "x-gzip", "deflate", "zstd");

  /**
   * A body may take half a minute, and a second more for each of these bytes. A sender that
   * trickles would hold memory for ever otherwise.
   */
  private static final long SLOWEST_BYTES_PER_SECOND = 1 << 10;

  private static final long GRACE_SECONDS = 30;

  private static final int FORGOTTEN_AT_ONCE = 16 << 10;

  private final InputStream packed;
  private final InputStream in;
  private final RequestMemory memory = new RequestMemory();
  private final LongSupplier nanos;
  private final long began;
  private final long limit;
  private @Nullable String contentType;
  private long left;

  private RequestBody(InputStream packed, InputStream in, LongSupplier nanos, long limit) {
    this.packed = packed;
    this.limit = limit;
    this.left = limit;
    this.in = in;
    this.nanos = nanos;
    this.began = nanos.getAsLong();
  }

  /**
   * Opens the body of a request.
   *
   * @throws BodyTooLargeException if its length is known and too large
   * @throws UnsupportedEncodingException if it is packed in an unknown way
   */
  static RequestBody of(HttpServletRequest request) throws IOException {
    if (request.getContentLengthLong() > LIMIT) {
      throw new BodyTooLargeException(LIMIT);
    }
    RequestBody body = of(request.getInputStream(), request.getHeader("Content-Encoding"));
    body.contentType = request.getContentType();
    return body;
  }

  /**
   * Opens the body of a request whose records are stored while it arrives, so that neither its
   * length nor its duration matters.
   */
  static RequestBody ofAnyLength(HttpServletRequest request) throws IOException {
    return of(
        request.getInputStream(),
        request.getHeader("Content-Encoding"),
        System::nanoTime,
        Long.MAX_VALUE);
  }

  static RequestBody of(InputStream packed, @Nullable String encoding) throws IOException {
    return of(packed, encoding, System::nanoTime);
  }

  static RequestBody of(InputStream packed, @Nullable String encoding, LongSupplier nanos)
      throws IOException {
    return of(packed, encoding, nanos, LIMIT);
  }

  private static RequestBody of(
      InputStream packed, @Nullable String encoding, LongSupplier nanos, long limit)
      throws IOException {
    boolean unpack = false;
    for (String part : List.of((encoding == null ? "" : encoding).split(",", -1))) {
      String name = part.strip().toLowerCase(Locale.ROOT);
      if (!KNOWN.contains(name)) {
        throw UnsupportedEncodingException.ofPacking(name);
      }
      unpack |= !name.isEmpty() && !name.equals("identity");
    }
    return new RequestBody(packed, unpack ? unpack(packed) : packed, nanos, limit);
  }

  private static InputStream unpack(InputStream packed) throws IOException {
    PushbackInputStream in = new PushbackInputStream(packed, 4);
    byte[] head = in.readNBytes(4);
    in.unread(head);
    if (head.length == 0) {
      return in;
    }
    int first = head[0] & 0xff;
    int second = (head.length > 1) ? head[1] & 0xff : 0;
    if (first == 0x1f && second == 0x8b) {
      return new GZIPInputStream(in, 8192);
    }
    if (first == 0x28 && second == 0xb5) {
      return new ZstdInputStreamNoFinalizer(in).setLongMax(MAX_WINDOW_LOG);
    }
    // RFC 1950: method 8 and a multiple of 31 in the first two bytes.
    boolean zlib = (first & 0x0f) == 8 && (first << 8 | second) % 31 == 0;
    return zlib
        ? new InflaterInputStream(in, new Inflater(), 8192)
        : new InflaterInputStream(in, new Inflater(true), 8192);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    int count = read(one, 0, 1);
    return (count < 0) ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int count = in.read(bytes, offset, length);
    if (count > 0) {
      left -= count;
      if (left < 0) {
        throw new BodyTooLargeException(LIMIT);
      }
      if (isTooSlow(bytesRead())) {
        throw new TooSlowException();
      }
    }
    return count;
  }

  /** Reserves memory that the reader of the body needs, in bytes, until the body is closed. */
  void hold(long count) throws OverloadedBodyException {
    try {
      memory.hold(count);
    } catch (OverloadedException ex) {
      throw new OverloadedBodyException(ex);
    }
  }

  private boolean isTooSlow(long read) {
    if (limit > LIMIT) {
      return false;
    }
    long seconds = TimeUnit.NANOSECONDS.toSeconds(nanos.getAsLong() - began);
    return seconds > GRACE_SECONDS + read / SLOWEST_BYTES_PER_SECOND;
  }

  /** The body as UTF-8 text, whatever its encoding. */
  InputStream text() {
    return new TextStream(this, contentType);
  }

  /** How many unpacked bytes were read. */
  long bytesRead() {
    return limit - left;
  }

  /** Whether more of the body has arrived, so that reading does not wait. */
  boolean hasMore() throws IOException {
    return packed.available() > 0;
  }

  /**
   * Reads on to the end of a body that is refused, within limits, and forgets it: a sender that is
   * still writing would find the connection broken and never see the answer.
   */
  void drain() {
    memory.close();
    byte[] bytes = new byte[FORGOTTEN_AT_ONCE];
    try {
      long read = 0;
      while (read <= LIMIT && !isTooSlow(read)) {
        int count = packed.read(bytes);
        if (count < 0) {
          return;
        }
        read += count;
      }
    } catch (IOException ex) {
      // The sender is gone and gets no answer anyway.
    }
  }

  @Override
  public void close() throws IOException {
    memory.close();
    in.close();
  }
}
