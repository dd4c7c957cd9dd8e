package io.logcaster.cli;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.zip.CRC32C;

/**
 * Sends lines in LogCaster's own frames and measures how long each takes until it is acknowledged.
 */
final class FramedBenchTarget implements BenchTarget {

  private static final int HEADER = 20;
  private static final int HELLO = 1;
  private static final int DATA = 2;
  private static final int ACK = 3;
  private static final int ERROR = 4;
  private static final int BYE = 7;

  /**
   * Frames on the way: enough to keep the server busy, few enough that a latency means something.
   */
  private static final int WINDOW = 32;

  private record Sent(int sequence, long nanos) {}

  private final Socket socket = new Socket();
  private final Semaphore window = new Semaphore(WINDOW);
  private final ConcurrentLinkedQueue<Sent> sent = new ConcurrentLinkedQueue<>();
  private final Latencies latencies;
  private int sequence;
  private volatile String failure = "";

  FramedBenchTarget(InetSocketAddress server, Latencies latencies) throws IOException {
    this.latencies = latencies;
    socket.connect(server, 10_000);
    // A name of its own: each connection delivers for one client, from sequence 1 on.
    String name = "bench-" + UUID.randomUUID();
    byte[] hello = ("{\"client\":\"" + name + "\"}").getBytes(StandardCharsets.UTF_8);
    write(HELLO, 0, hello, hello.length);
    Thread.ofPlatform().daemon().name("bench-acks").start(this::readAcks);
  }

  @Override
  public void send(byte[] bytes, int length, int lines) throws IOException, InterruptedException {
    window.acquire();
    if (!failure.isEmpty()) {
      throw new IOException(failure);
    }
    sequence++;
    sent.add(new Sent(sequence, System.nanoTime()));
    write(DATA, sequence, bytes, length);
  }

  private void write(int type, int number, byte[] payload, int length) throws IOException {
    CRC32C checksum = new CRC32C();
    checksum.update(payload, 0, length);
    ByteBuffer header = ByteBuffer.allocate(HEADER);
    header.put((byte) 0xC1).put((byte) 'L').put((byte) 'C').put((byte) 1);
    header.put((byte) type).put((byte) 0).putShort((short) 0);
    header.putInt(number).putInt(length).putInt((int) checksum.getValue());
    socket.getOutputStream().write(header.array());
    socket.getOutputStream().write(payload, 0, length);
  }

  private void readAcks() {
    try {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      byte[] header = new byte[HEADER];
      while (true) {
        in.readFully(header);
        ByteBuffer fields = ByteBuffer.wrap(header);
        int type = fields.get(4);
        int acknowledged = fields.getInt(8);
        byte[] payload = in.readNBytes(fields.getInt(12));
        if (type == ACK) {
          acknowledge(acknowledged);
        } else if (type == ERROR) {
          failure = new String(payload, StandardCharsets.UTF_8);
          window.release(WINDOW);
          return;
        }
      }
    } catch (IOException ex) {
      if (!sent.isEmpty()) {
        failure = "the connection ended before everything was acknowledged: " + ex;
      }
      window.release(WINDOW);
    }
  }

  private void acknowledge(int upTo) {
    long now = System.nanoTime();
    for (Sent next = sent.peek(); next != null && next.sequence() <= upTo; next = sent.peek()) {
      sent.remove();
      latencies.add(now - next.nanos());
      window.release();
    }
  }

  @Override
  public void finish() throws IOException, InterruptedException {
    window.acquire(WINDOW);
    if (!failure.isEmpty()) {
      throw new IOException(failure);
    }
    write(BYE, sequence, new byte[0], 0);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
