package io.logcaster.ingest.http;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.EOFException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * The one message of a unary call of gRPC, as if it were the body of a request: a byte that says
 * whether it is compressed, its length in 32 bits, big-endian, and the message.
 *
 * @see <a href="https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md">gRPC over
 *     HTTP/2</a>
 */
final class GrpcRequest extends HttpServletRequestWrapper {

  private static final int PREFIX = 5;

  private static final String ENCODING = "grpc-encoding";

  private final ServletInputStream in;
  private final boolean compressed;
  private final long length;

  private GrpcRequest(
      HttpServletRequest request, ServletInputStream in, boolean compressed, long length) {
    super(request);
    this.in = in;
    this.compressed = compressed;
    this.length = length;
  }

  /**
   * Reads what is before the message.
   *
   * @throws RefusedException if there is no message
   */
  static GrpcRequest of(HttpServletRequest request) throws IOException, RefusedException {
    ServletInputStream in = request.getInputStream();
    byte[] prefix = in.readNBytes(PREFIX);
    if (prefix.length < PREFIX || prefix[0] < 0 || prefix[0] > 1) {
      throw new RefusedException("The body is not a message of gRPC.");
    }
    long length = 0;
    for (int i = 1; i < PREFIX; i++) {
      length = length << 8 | (prefix[i] & 0xff);
    }
    boolean compressed = prefix[0] == 1;
    if (compressed && request.getHeader(ENCODING) == null) {
      throw new RefusedException("The message is compressed, but grpc-encoding does not say how.");
    }
    if (length > RequestBody.LIMIT) {
      throw new RefusedException(
          HttpStatus.CONTENT_TOO_LARGE,
          "body_too_large",
          0,
          new BodyTooLargeException(RequestBody.LIMIT));
    }
    return new GrpcRequest(request, in, compressed, length);
  }

  @Override
  public @Nullable String getHeader(String name) {
    return name.equals(HttpHeaders.CONTENT_ENCODING)
        ? (compressed ? super.getHeader(ENCODING) : null)
        : super.getHeader(name);
  }

  @Override
  public long getContentLengthLong() {
    return length;
  }

  @Override
  public ServletInputStream getInputStream() {
    return new Message(in, length);
  }

  /** The bytes of the message. */
  private static final class Message extends ServletInputStream {

    private final ServletInputStream in;
    private long left;

    Message(ServletInputStream in, long length) {
      this.in = in;
      this.left = length;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int count) throws IOException {
      if (left == 0) {
        return (count == 0) ? 0 : -1;
      }
      int read = in.read(bytes, offset, (int) Math.min(count, left));
      if (read < 0) {
        throw new EOFException("The body ends within the message");
      }
      left -= read;
      return read;
    }

    @Override
    public boolean isFinished() {
      return left == 0;
    }

    @Override
    public boolean isReady() {
      return in.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
      in.setReadListener(listener);
    }
  }
}
