package io.logcaster.ingest.udp;

import io.logcaster.ingest.BatchSender;
import io.logcaster.ingest.Bytes;
import io.logcaster.ingest.Input;
import io.logcaster.ingest.InputContext;
import io.logcaster.ingest.InputStats;
import io.logcaster.ingest.gelf.GelfChunks;
import io.logcaster.ingest.gelf.GelfPacking;
import io.logcaster.ingest.json.JsonParser;
import io.logcaster.ingest.text.TextDecoder;
import io.logcaster.pipeline.InputMetrics;
import io.logcaster.record.RecordBatch;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads datagrams, each of them one message, on one thread. Nothing can slow their senders down, so
 * what finds no room is dropped and counted, as is what the system dropped before.
 */
final class UdpInput implements Input {

  private static final Logger LOG = LoggerFactory.getLogger(UdpInput.class);

  static final String OVERFLOW = "udp_overflow";
  static final String NO_ROOM = "pipeline_full";
  static final String CHUNKS_MISSING = "gelf_chunks_missing";

  private static final int MAX_DATAGRAM = 65_535;

  /** As on TCP: a pause of this length ends a batch. */
  private static final int LINGER_MILLIS = 5;

  private static final int POLL_MILLIS = 500;

  private static final long MAX_DELAY_NANOS = 100_000_000L;

  private static final long UPKEEP_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final byte[] SHORT_MESSAGE = Bytes.ascii("\"short_message\"");

  private final UdpProperties properties;
  private final InetAddress address;
  private final InputContext context;
  private final int maxRecordSize;
  private final BatchSender sender;
  private final TextDecoder decoder;
  private final GelfChunks chunks = new GelfChunks();
  private @Nullable InetAddress lastSender;
  private String lastHost = "";
  private long batchSince;
  private volatile @Nullable DatagramSocket socket;
  private volatile InputStats.State state = InputStats.State.STOPPED;
  private @Nullable Thread reader;

  UdpInput(UdpProperties properties, InetAddress address, InputContext context, int maxRecordSize) {
    this.properties = properties;
    this.address = address;
    this.context = context;
    this.maxRecordSize = maxRecordSize;
    this.sender = new BatchSender(context, "");
    this.decoder = TextDecoder.ofMessages(sender.writer(), maxRecordSize);
  }

  @Override
  public void start() throws IOException {
    DatagramSocket opened = new DatagramSocket(null);
    try {
      opened.setReceiveBufferSize((int) properties.receiveBuffer().toBytes());
      opened.bind(new InetSocketAddress(address, properties.port()));
    } catch (IOException ex) {
      opened.close();
      throw ex;
    }
    socket = opened;
    state = InputStats.State.RUNNING;
    // A thread of its own: it may be the busiest of the server and should not wait for a carrier.
    reader = Thread.ofPlatform().daemon().name("udp").start(() -> read(opened));
  }

  private void read(DatagramSocket socket) {
    KernelDrops drops = KernelDrops.ofPort(socket.getLocalPort());
    DatagramPacket packet = new DatagramPacket(new byte[MAX_DATAGRAM], MAX_DATAGRAM);
    long upkeep = System.nanoTime();
    boolean open = true;
    while (open) {
      boolean received = receive(socket, packet);
      long now = System.nanoTime();
      if (received) {
        take(packet, now);
        if (sender.isFull() || now - batchSince > MAX_DELAY_NANOS) {
          flush();
        }
      } else {
        flush();
        open = state == InputStats.State.RUNNING && !socket.isClosed();
      }
      if (now - upkeep > UPKEEP_NANOS || !open) {
        upkeep = now;
        chunks.expire(now);
        drop(CHUNKS_MISSING, chunks.takeGivenUp());
        drop(OVERFLOW, drops.takeNew());
      }
    }
    socket.close();
  }

  private boolean receive(DatagramSocket socket, DatagramPacket packet) {
    try {
      packet.setLength(MAX_DATAGRAM);
      socket.setSoTimeout(sender.isEmpty() ? POLL_MILLIS : LINGER_MILLIS);
      socket.receive(packet);
      return true;
    } catch (SocketTimeoutException ex) {
      return false;
    } catch (IOException ex) {
      if (!socket.isClosed()) {
        LOG.warn("Cannot receive a datagram: {}", ex.getMessage());
      }
      return false;
    }
  }

  private void take(DatagramPacket packet, long now) {
    context.metrics().addBytes(packet.getLength());
    if (!packet.getAddress().equals(lastSender)) {
      lastSender = packet.getAddress();
      lastHost = lastSender.getHostAddress();
      sender.writer().sender(Bytes.ascii(lastHost));
    }
    if (sender.isEmpty()) {
      batchSince = now;
    }
    sender.arrived();
    byte[] bytes = packet.getData();
    int length = packet.getLength();
    if (GelfChunks.isChunk(bytes, length)) {
      byte[] whole = chunks.add(bytes, length, lastHost, now);
      if (whole != null) {
        message(whole, whole.length);
      }
    } else if (length > 0) {
      message(bytes, length);
    }
  }

  private void message(byte[] bytes, int length) {
    if (GelfPacking.isPacked(bytes, length)) {
      byte[] unpacked = GelfPacking.unpack(bytes, length, maxRecordSize * JsonParser.TEXT_FACTOR);
      if (unpacked != null) {
        decoder.single(unpacked, 0, unpacked.length, true);
        return;
      }
    }
    boolean gelf = bytes[0] == '{' && contains(bytes, length);
    decoder.single(bytes, 0, length, gelf);
  }

  /** Whether JSON has the name that only GELF has. */
  private static boolean contains(byte[] bytes, int length) {
    int at = Bytes.indexOf(bytes, 0, length, (byte) '"');
    while (at < length) {
      if (Bytes.startsWith(bytes, at, length, SHORT_MESSAGE)) {
        return true;
      }
      at = Bytes.indexOf(bytes, at + 1, length, (byte) '"');
    }
    return false;
  }

  private void flush() {
    if (sender.isEmpty()) {
      return;
    }
    RecordBatch batch = sender.build();
    var stored = context.intake().offer(batch, context.metrics());
    if (stored == null) {
      drop(NO_ROOM, batch.size());
    }
  }

  private void drop(String reason, long count) {
    if (count > 0) {
      context.metrics().drop(reason, count);
    }
  }

  @Override
  public void stop() {
    state = InputStats.State.STOPPING;
    Thread running = reader;
    try {
      if (running != null) {
        running.join(TimeUnit.SECONDS.toMillis(10));
      }
    } catch (InterruptedException ex) {
      Thread.currentThread().interrupt();
    }
    DatagramSocket open = socket;
    if (open != null) {
      open.close();
    }
    state = InputStats.State.STOPPED;
  }

  /** The port it listens on; -1 while it does not. */
  int port() {
    DatagramSocket open = socket;
    return (open == null) ? -1 : open.getLocalPort();
  }

  @Override
  public InputStats stats() {
    InputMetrics metrics = context.metrics();
    String host = address.getHostAddress();
    return new InputStats(
        metrics.id(),
        "auto",
        (port() < 0) ? "" : (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port(),
        state,
        metrics.received(),
        metrics.rejected().values().stream().mapToLong(Long::longValue).sum(),
        metrics.bytes(),
        metrics.notes().values().stream().mapToLong(Long::longValue).sum(),
        List.of());
  }
}
