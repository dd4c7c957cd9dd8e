package io.logcaster.cli;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * One connection that posts bodies and reads what is answered (HTTP/1.1, kept alive), and that does
 * nothing beside: a load generator shares the machine with what it measures, and the usual clients
 * take a third of it. Not thread-safe.
 */
final class HttpConnection implements Closeable {

  private static final int CONNECT_MILLIS = 10_000;

  /** More than any answer to a load generator has. */
  private static final int MAX_BODY = 64 << 20;

  private final String host;
  private final int port;
  private Socket socket;
  private InputStream in;
  private OutputStream out;

  HttpConnection(String host, int port) throws IOException {
    this.host = host;
    this.port = port;
    socket = connect();
    in = new BufferedInputStream(socket.getInputStream());
    out = socket.getOutputStream();
  }

  private Socket connect() throws IOException {
    Socket connected = new Socket();
    try {
      connected.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
      connected.setTcpNoDelay(true);
      return connected;
    } catch (IOException ex) {
      connected.close();
      throw ex;
    }
  }

  private void connectAgain() throws IOException {
    socket.close();
    socket = connect();
    in = new BufferedInputStream(socket.getInputStream());
    out = socket.getOutputStream();
  }

  /**
   * An answer.
   *
   * @param headers by their names in lower case
   */
  record Answer(int status, Map<String, String> headers, String text) {}

  /** Posts a body and waits for the answer. */
  Answer post(String path, String contentType, byte[] body, int length) throws IOException {
    String head =
        "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
            .formatted(path, host + ":" + port, contentType, length);
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    out.write(body, 0, length);
    String status = line();
    if (!status.startsWith("HTTP/1.") || status.length() < 12) {
      throw new IOException("not an answer of HTTP/1.1: " + status);
    }
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      }
    }
    Answer answer = new Answer(Integer.parseInt(status.substring(9, 12)), headers, text(headers));
    if (headers.getOrDefault("connection", "").equalsIgnoreCase("close")) {
      // Servers close a connection after some number of requests.
      connectAgain();
    }
    return answer;
  }

  private String text(Map<String, String> headers) throws IOException {
    if (!headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
      byte[] whole = bytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
      return new String(whole, StandardCharsets.UTF_8);
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    while (true) {
      String size = line();
      int semicolon = size.indexOf(';');
      int length = Integer.parseInt((semicolon < 0) ? size : size.substring(0, semicolon), 16);
      all.writeBytes(bytes(length));
      line();
      if (length == 0) {
        return all.toString(StandardCharsets.UTF_8);
      }
    }
  }

  private byte[] bytes(int length) throws IOException {
    if (length < 0 || length > MAX_BODY) {
      throw new IOException("an answer of " + length + " bytes");
    }
    byte[] read = in.readNBytes(length);
    if (read.length < length) {
      throw new EOFException("the connection was closed within an answer");
    }
    return read;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("the connection was closed before an answer");
      }
      if (b != '\r') {
        line.append((char) b);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
