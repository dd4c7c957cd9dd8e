package io.logcaster.ingest.docker;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.URLDecoder;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The part of Docker's API that is needed to read logs, on a Unix socket, as its documentation says
 * and as dockerd 28 answers: chunked streams, frames with times, {@code since} inclusive.
 */
final class FakeDocker implements Closeable {

  /** A message of a container's log. */
  record Message(boolean stderr, String time, String text) {}

  /** A container; fields change while it is read. */
  static final class Box {

    final String id;
    final String name;
    final List<Message> log = new ArrayList<>();
    boolean terminal;
    boolean running = true;
    String started = "2026-11-20T07:00:00Z";
    String finished = "0001-01-01T00:00:00Z";
    int exitCode;
    int restarts;

    Box(String id, String name) {
      this.id = id;
      this.name = name;
    }
  }

  private final ServerSocketChannel server;
  private final Path socket;
  private final Map<String, Box> boxes = new LinkedHashMap<>();
  private final List<SocketChannel> connections = new CopyOnWriteArrayList<>();
  private final List<OutputStream> events = new CopyOnWriteArrayList<>();
  final List<String> requests = new CopyOnWriteArrayList<>();

  FakeDocker(Path socket) throws IOException {
    this.socket = socket;
    this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    Thread.ofVirtual().start(this::accept);
  }

  synchronized Box add(String id, String name) {
    Box box = new Box(id.repeat(64 / id.length()), name);
    boxes.put(box.id, box);
    return box;
  }

  synchronized void log(Box box, boolean stderr, String time, String text) {
    box.log.add(new Message(stderr, time, text));
    notifyAll();
  }

  /** Says that a container has started. */
  synchronized void start(Box box, String time) throws IOException {
    box.running = true;
    box.started = time;
    for (OutputStream out : events) {
      chunk(
          out,
          ("{\"Type\":\"container\",\"Action\":\"start\",\"Actor\":{\"ID\":\"" + box.id + "\"}}\n")
              .getBytes(StandardCharsets.UTF_8));
    }
    notifyAll();
  }

  synchronized void exit(Box box, String time, int code) {
    box.running = false;
    box.finished = time;
    box.exitCode = code;
    notifyAll();
  }

  /** Breaks all connections, as a restart of the daemon does. */
  void breakConnections() throws IOException {
    for (SocketChannel connection : connections) {
      connection.close();
    }
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel connection = server.accept();
        connections.add(connection);
        Thread.ofVirtual().start(() -> serve(connection));
      }
    } catch (IOException ex) {
      // closed
    }
  }

  private void serve(SocketChannel connection) {
    try (connection) {
      InputStream in = Channels.newInputStream(connection);
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        int b = in.read();
        if (b < 0) {
          return;
        }
        head.append((char) b);
      }
      String path = head.substring(4, head.indexOf(" HTTP/")).replaceFirst("^/v1\\.\\d+", "");
      requests.add(path);
      answer(path, Channels.newOutputStream(connection));
    } catch (IOException | InterruptedException ex) {
      // The reader has gone.
    }
  }

  private void answer(String path, OutputStream out) throws IOException, InterruptedException {
    if (path.equals("/info")) {
      json(out, 200, "{\"Name\":\"dock1\"}");
    } else if (path.startsWith("/events")) {
      head(out, "application/json");
      synchronized (this) {
        events.add(out);
        while (server.isOpen()) {
          wait(50);
        }
      }
    } else if (path.startsWith("/containers/json")) {
      StringBuilder list = new StringBuilder("[");
      synchronized (this) {
        for (Box box : boxes.values()) {
          list.append(list.length() > 1 ? "," : "").append("{\"Id\":\"" + box.id + "\"}");
        }
      }
      json(out, 200, list.append("]").toString());
    } else {
      Box box = boxes.get(path.substring("/containers/".length()).split("/", -1)[0]);
      if (box == null) {
        json(out, 404, "{\"message\":\"No such container\"}");
      } else if (path.contains("/logs?")) {
        logs(box, path, out);
      } else {
        json(out, 200, inspect(box));
      }
    }
  }

  private synchronized String inspect(Box box) {
    return """
    {"Id":"%s","Name":"/%s","RestartCount":%d,"State":{"Running":%b,"StartedAt":"%s","FinishedAt":"%s","ExitCode":%d,"OOMKilled":false},
     "Config":{"Image":"shop:1.2","Tty":%b,"Labels":{"team":"pay","com.docker.compose.service":"cart"}}}\
    """
        .formatted(
            box.id,
            box.name,
            box.restarts,
            box.running,
            box.started,
            box.finished,
            box.exitCode,
            box.terminal);
  }

  private void logs(Box box, String path, OutputStream out)
      throws IOException, InterruptedException {
    String since = URLDecoder.decode(path.replaceFirst(".*since=", ""), StandardCharsets.UTF_8);
    long[] from = {
      Long.parseLong(since.split("\\.", -1)[0]), Long.parseLong(since.split("\\.", -1)[1])
    };
    head(
        out,
        box.terminal
            ? "application/vnd.docker.raw-stream"
            : "application/vnd.docker.multiplexed-stream");
    int next = 0;
    while (true) {
      List<Message> more;
      boolean ends;
      synchronized (this) {
        while (next == box.log.size() && box.running && server.isOpen()) {
          wait(50);
        }
        more = List.copyOf(box.log.subList(next, box.log.size()));
        next += more.size();
        ends = !box.running && next == box.log.size();
      }
      for (Message message : more) {
        Instant time = Instant.parse(message.time());
        if (time.compareTo(Instant.ofEpochSecond(from[0], from[1])) >= 0) {
          write(box, message, out);
        }
      }
      if (ends || !server.isOpen()) {
        out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return;
      }
    }
  }

  private static void write(Box box, Message message, OutputStream out) throws IOException {
    byte[] text = (message.time() + " " + message.text()).getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    if (!box.terminal) {
      frame.writeBytes(
          ByteBuffer.allocate(8)
              .put((byte) (message.stderr() ? 2 : 1))
              .putInt(4, text.length)
              .array());
    }
    frame.writeBytes(text);
    byte[] all = frame.toByteArray();
    // In two chunks, so that a frame does not end where a chunk ends.
    chunk(out, Arrays.copyOf(all, 5));
    chunk(out, Arrays.copyOfRange(all, 5, all.length));
  }

  private static void chunk(OutputStream out, byte[] bytes) throws IOException {
    out.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.write(bytes);
    out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
  }

  private static void head(OutputStream out, String type) throws IOException {
    out.write(
        ("HTTP/1.1 200 OK\r\nApi-Version: 1.51\r\nContent-Type: "
                + type
                + "\r\nTransfer-Encoding: chunked\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII));
  }

  private static void json(OutputStream out, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    out.write(
        ("HTTP/1.1 "
                + status
                + " Any\r\nContent-Type: application/json\r\nContent-Length: "
                + bytes.length
                + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII));
    out.write(bytes);
  }

  @Override
  public void close() throws IOException {
    server.close();
    breakConnections();
    Files.deleteIfExists(socket);
  }
}
