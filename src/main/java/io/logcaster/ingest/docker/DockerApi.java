package io.logcaster.ingest.docker;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Docker's HTTP API on a Unix socket, as far as it is needed to read logs. Each call has a
 * connection of its own. The JDK's HTTP client does not speak over such sockets. Thread-safe.
 *
 * @see <a href="https://docs.docker.com/reference/api/engine/">Docker Engine API</a>
 */
final class DockerApi implements Closeable {

  /** Old enough for Docker 18.09 and Podman, new enough for all that is asked. */
  private static final String VERSION = "/v1.39";

  private static final JsonMapper JSON = new JsonMapper();

  /** The description of a container, or a list of thousands of them, is smaller. */
  private static final int MAX_JSON = 32 << 20;

  private static final int MAX_LINE = 16 << 10;

  private final Path socket;
  private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  DockerApi(Path socket) {
    this.socket = socket;
  }

  /** Reads an answer in JSON. */
  JsonNode json(String path) throws IOException {
    try (Answer answer = get(path)) {
      return JSON.readTree(answer.in.readNBytes(MAX_JSON));
    } catch (JacksonException ex) {
      throw new IOException("Docker's answer to " + path + " is not JSON", ex);
    }
  }

  /** Parses a line of a stream of objects. */
  static JsonNode parse(byte[] line) throws IOException {
    try {
      return JSON.readTree(line);
    } catch (JacksonException ex) {
      throw new IOException("Docker's answer is not JSON", ex);
    }
  }

  /**
   * Sends a request.
   *
   * @return the answer, which may be a stream without end
   * @throws DockerException if the daemon refuses it
   */
  Answer get(String path) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    open.add(channel);
    boolean done = false;
    try {
      if (closed) {
        throw new IOException("The input is closed");
      }
      channel.connect(UnixDomainSocketAddress.of(socket));
      String head =
          "GET " + VERSION + path + " HTTP/1.1\r\nHost: docker\r\nConnection: close\r\n\r\n";
      ByteBuffer bytes = ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      Answer answer = answer(channel);
      done = true;
      return answer;
    } finally {
      if (!done) {
        release(channel);
      }
    }
  }

  private Answer answer(SocketChannel channel) throws IOException {
    InputStream in = new BufferedInputStream(Channels.newInputStream(channel), 32 << 10);
    String status = line(in);
    if (!status.startsWith("HTTP/1.") || status.length() < 12) {
      throw new ProtocolException("No answer of HTTP: " + status);
    }
    int code = Integer.parseInt(status, 9, 12, 10);
    InputStream body = in;
    boolean multiplexed = false;
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      String name = line.substring(0, Math.max(0, colon)).toLowerCase(Locale.ROOT);
      String value = line.substring(colon + 1).strip();
      if (name.equals("transfer-encoding") && value.equalsIgnoreCase("chunked")) {
        body = new ChunkedInput(in);
      } else if (name.equals("content-length")) {
        body = new BoundedInput(in, Long.parseLong(value));
      } else if (name.equals("content-type")) {
        multiplexed = value.equals("application/vnd.docker.multiplexed-stream");
      }
    }
    Answer answer = new Answer(channel, body, multiplexed);
    if (code != 200) {
      String text = new String(body.readNBytes(MAX_LINE), StandardCharsets.UTF_8).strip();
      throw new DockerException(code, text);
    }
    return answer;
  }

  static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    while (line.length() < MAX_LINE) {
      int b = in.read();
      if (b < 0) {
        throw new EOFException("The answer ends in its head");
      }
      if (b == '\n') {
        int end = line.length();
        return (end > 0 && line.charAt(end - 1) == '\r')
            ? line.substring(0, end - 1)
            : line.toString();
      }
      line.append((char) b);
    }
    throw new ProtocolException("A line of the answer is too long");
  }

  private void release(SocketChannel channel) throws IOException {
    open.remove(channel);
    channel.close();
  }

  /** Ends all streams, whose readers find them closed. */
  @Override
  public void close() throws IOException {
    closed = true;
    for (SocketChannel channel : open) {
      release(channel);
    }
  }

  /** An answer with its connection. */
  final class Answer implements Closeable {

    private final SocketChannel channel;
    private final InputStream in;
    private final boolean multiplexed;

    private Answer(SocketChannel channel, InputStream in, boolean multiplexed) {
      this.channel = channel;
      this.in = in;
      this.multiplexed = multiplexed;
    }

    InputStream body() {
      return in;
    }

    /** Whether the daemon says that both outputs share the stream; older ones do not say it. */
    boolean isMultiplexed() {
      return multiplexed;
    }

    @Override
    public void close() throws IOException {
      release(channel);
    }
  }

  /** The daemon refuses a request. */
  static final class DockerException extends IOException {

    private static final long serialVersionUID = 1;

    private final int status;

    DockerException(int status, String text) {
      super("Docker answers " + status + ": " + text);
      this.status = status;
    }

    /** Whether the container is gone. */
    boolean isAbsent() {
      return status == 404 || status == 409;
    }
  }
}
