package io.logcaster.client;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.CRC32C;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The other end of the framed protocol, as misbehaved as a test needs it. */
final class FakeServer implements Closeable {

  private static final JsonMapper JSON = new JsonMapper();

  /** One DATA frame as it came. */
  record Received(String client, long sequence, String payload) {

    List<String> lines() {
      return payload.lines().toList();
    }
  }

  /** What happens after a DATA frame. */
  interface Behaviour {

    /** Answers, or throws to end the connection without an answer. */
    void received(FakeServer server, Socket socket, Received frame) throws IOException;
  }

  static final Behaviour ACKNOWLEDGE =
      (server, socket, frame) -> server.reply(socket, Frames.ACK, frame.sequence(), "");

  static final Behaviour SILENT = (server, socket, frame) -> {};

  private final ServerSocket listener;
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final List<JsonNode> hellos = new CopyOnWriteArrayList<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private volatile Behaviour behaviour;
  private volatile long lastStored;
  private volatile boolean silentHello;

  FakeServer(Behaviour behaviour) throws IOException {
    this(new ServerSocket(), behaviour);
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    serve();
  }

  private FakeServer(ServerSocket listener, Behaviour behaviour) {
    this.listener = listener;
    this.behaviour = behaviour;
  }

  /** A server on a listener of another kind, such as one with TLS, that is bound already. */
  static FakeServer on(ServerSocket listener) {
    FakeServer server = new FakeServer(listener, ACKNOWLEDGE);
    server.serve();
    return server;
  }

  private void serve() {
    Thread.ofVirtual().start(this::accept);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        sockets.add(socket);
        Thread.ofVirtual().start(() -> talk(socket));
      } catch (IOException ex) {
        return;
      }
    }
  }

  private void talk(Socket socket) {
    String client = "";
    try (socket) {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      ByteBuffer header = ByteBuffer.allocate(Frames.HEADER);
      while (true) {
        in.readFully(header.array());
        byte[] payload = in.readNBytes((int) Frames.length(header));
        CRC32C checksum = new CRC32C();
        checksum.update(payload);
        if (!Frames.isFrame(header) || (int) checksum.getValue() != header.getInt(16)) {
          throw new IOException("bad frame");
        }
        String text = new String(payload, StandardCharsets.UTF_8);
        switch (Frames.type(header)) {
          case Frames.HELLO -> {
            hellos.add(JSON.readTree(text));
            client = hellos.getLast().path("client").asString();
            if (!silentHello) {
              reply(socket, Frames.ACK, lastStored, "");
            }
          }
          case Frames.DATA -> {
            Received frame = new Received(client, Frames.sequence(header), text);
            received.add(frame);
            behaviour.received(this, socket, frame);
          }
          case Frames.BYE -> {
            return;
          }
          default -> throw new IOException("type " + Frames.type(header));
        }
      }
    } catch (EOFException ex) {
      // the client has gone
    } catch (IOException ex) {
      // the end of the connection is what the test wants
    }
  }

  void reply(Socket socket, int type, long sequence, String payload) throws IOException {
    byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
    socket.getOutputStream().write(Frames.header(type, sequence, bytes, bytes.length));
    socket.getOutputStream().write(bytes);
  }

  void behave(Behaviour next) {
    behaviour = next;
  }

  /** What HELLO is answered with. */
  void lastStored(long sequence) {
    lastStored = sequence;
  }

  /** HELLO gets no answer, as from a server before it knew one. */
  void silentHello() {
    silentHello = true;
  }

  ServerAddress address() {
    return new ServerAddress("127.0.0.1", listener.getLocalPort());
  }

  List<Received> received() {
    return List.copyOf(received);
  }

  List<JsonNode> hellos() {
    return List.copyOf(hellos);
  }

  /** The lines of all frames in the order they came, those of a repeated frame once. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    List<Long> seen = new ArrayList<>();
    for (Received frame : received) {
      if (!seen.contains(frame.sequence())) {
        seen.add(frame.sequence());
        lines.addAll(frame.lines());
      }
    }
    return lines;
  }

  List<JsonNode> records() {
    return lines().stream().map(JSON::readTree).toList();
  }

  void disconnect() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    disconnect();
  }
}
