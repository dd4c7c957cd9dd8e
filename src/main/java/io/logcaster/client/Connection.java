package io.logcaster.client;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** One connection to a server: the delivery worker writes, a separate thread reads the replies. */
final class Connection {

  /** How often the reader checks whether acknowledgements are overdue. */
  private static final int LOOK_MILLIS = 1_000;

  /** A limit on the size of a reply, far above what servers send. */
  private static final int MAX_REPLY = 64 << 10;

  private static final Pattern RETRY_AFTER = Pattern.compile("\"retryAfterMs\"\\s*:\\s*(\\d{1,9})");

  private static final Pattern CODE = Pattern.compile("\"code\"\\s*:\\s*\"([^\"]*)\"");

  private static final Pattern DETAIL = Pattern.compile("\"detail\"\\s*:\\s*\"([^\"]*)\"");

  /**
   * The error code for a batch that was refused because of its content, such as a thousand
   * different fields.
   */
  private static final String TOO_LARGE = "frame_too_large:";

  private static final byte[] NOTHING = {};

  /** The first byte of a frame; anything else begins a text such as {@code ERR busy}. */
  private static final byte MAGIC = (byte) 0xC1;

  private final Socket socket;
  private final OutputStream out;
  private final ServerAddress server;
  private final BatchQueue queue;
  private volatile boolean broken;
  private volatile boolean acknowledged;
  private volatile @Nullable String failure;
  private volatile long retryAfterMillis;

  private Connection(Socket socket, ServerAddress server, BatchQueue queue) throws IOException {
    this.socket = socket;
    this.out = socket.getOutputStream();
    this.server = server;
    this.queue = queue;
  }

  /** Connects and sends HELLO. */
  static Connection open(ServerAddress server, ClientOptions options, BatchQueue queue)
      throws IOException {
    int timeout = (int) options.connectTimeout().toMillis();
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.setKeepAlive(true);
      socket.connect(new InetSocketAddress(server.host(), server.port()), timeout);
      socket.setSoTimeout(timeout);
      SSLContext tls = options.tls();
      if (tls != null) {
        socket = secure(socket, server, tls);
      }
      socket.setSoTimeout(LOOK_MILLIS);
      Connection connection = new Connection(socket, server, queue);
      byte[] hello = hello(options);
      connection.write(Frames.HELLO, 0, hello, hello.length);
      Thread reader = new Thread(connection::read, "logcaster-client-replies");
      reader.setDaemon(true);
      reader.start();
      return connection;
    } catch (IOException | RuntimeException ex) {
      socket.close();
      throw ex;
    }
  }

  private static Socket secure(Socket plain, ServerAddress server, SSLContext tls)
      throws IOException {
    SSLSocket socket =
        (SSLSocket) tls.getSocketFactory().createSocket(plain, server.host(), server.port(), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS"); // the certificate names the host
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  private static byte[] hello(ClientOptions options) {
    Json json = new Json();
    json.ascii("{\"client\":");
    json.string(options.clientId());
    json.ascii(",\"resume\":true");
    String token = options.token();
    if (token != null) {
      json.ascii(",\"token\":");
      json.string(token);
    }
    json.raw((byte) '}');
    byte[] hello = new byte[json.length()];
    System.arraycopy(json.bytes(), 0, hello, 0, hello.length);
    return hello;
  }

  ServerAddress server() {
    return server;
  }

  void write(Batch batch) throws IOException {
    byte[] payload = batch.payload;
    if (payload != null) {
      write(Frames.DATA, batch.sequence, payload, batch.length);
    }
  }

  /** Ends a connection after everything was acknowledged. */
  void bye(long sequence) throws IOException {
    write(Frames.BYE, sequence, NOTHING, 0);
  }

  private void write(int type, long sequence, byte[] payload, int length) throws IOException {
    out.write(Frames.header(type, sequence, payload, length));
    out.write(payload, 0, length);
  }

  private void read() {
    try {
      InputStream in = socket.getInputStream();
      ByteBuffer header = ByteBuffer.allocate(Frames.HEADER);
      while (true) {
        fill(in, header.array());
        if (!Frames.isFrame(header) || Frames.length(header) > MAX_REPLY) {
          throw new IOException("the server is not LogCaster, or this is not its TCP port");
        }
        byte[] payload = new byte[(int) Frames.length(header)];
        fill(in, payload);
        if (Frames.type(header) == Frames.ACK) {
          acknowledged = true;
          queue.acknowledge(Frames.sequence(header));
        } else if (Frames.type(header) == Frames.ERROR) {
          String reason = refusal(new String(payload, StandardCharsets.UTF_8));
          if (reason.startsWith(TOO_LARGE)) {
            queue.giveUp(Frames.sequence(header), reason);
          }
          throw new IOException(reason);
        }
      }
    } catch (EOFException ex) {
      end("the server closed the connection");
    } catch (IOException ex) {
      end(ex.getMessage());
    } catch (RuntimeException | Error ex) {
      end(ex.toString()); // or the worker would wait for this thread's acknowledgements for ever
      throw ex;
    }
  }

  private void fill(InputStream in, byte[] target) throws IOException {
    int filled = 0;
    while (filled < target.length) {
      try {
        int count = in.read(target, filled, target.length - filled);
        if (count < 0) {
          throw (filled > 0 && target[0] != MAGIC)
              ? new IOException("the server answered: " + text(target, filled))
              : new EOFException();
        }
        filled += count;
      } catch (SocketTimeoutException ex) {
        if (queue.isOverdue()) {
          throw new IOException("the server acknowledged nothing for too long", ex);
        }
      }
    }
  }

  private String refusal(String json) {
    Matcher retry = RETRY_AFTER.matcher(json);
    retryAfterMillis = retry.find() ? Long.parseLong(retry.group(1)) : 0;
    Matcher code = CODE.matcher(json);
    Matcher detail = DETAIL.matcher(json);
    return (code.find() && detail.find())
        ? code.group(1) + ": " + detail.group(1)
        : "the server refused: " + json;
  }

  private static String text(byte[] bytes, int length) {
    return new String(bytes, 0, length, StandardCharsets.UTF_8).trim();
  }

  private void end(@Nullable String reason) {
    failure = (reason != null) ? reason : "the connection ended";
    broken = true;
    closeQuietly(); // the writer may be waiting in it
    queue.acknowledge(0); // of nothing: it makes the worker check again
  }

  boolean isBroken() {
    return broken;
  }

  /** Whether the server has acknowledged anything on this connection. */
  boolean hasAcknowledged() {
    return acknowledged;
  }

  /** Why the connection ended; null while it has not. */
  @Nullable String failure() {
    return failure;
  }

  /** The delay before the next attempt that the server requested, in milliseconds. */
  long retryAfterMillis() {
    return retryAfterMillis;
  }

  void closeQuietly() {
    try {
      socket.close();
    } catch (IOException ex) {
      // It is closed in any case.
    }
  }
}
