package io.logcaster.ingest.udp;

import io.logcaster.ingest.BatchSender;
import io.logcaster.ingest.Bytes;
import io.logcaster.ingest.Input;
import io.logcaster.ingest.InputContext;
import io.logcaster.ingest.InputStats;
import io.logcaster.ingest.Protocol;
import io.logcaster.ingest.gelf.GelfChunks;
import io.logcaster.ingest.gelf.GelfPacking;
import io.logcaster.ingest.json.JsonParser;
import io.logcaster.ingest.text.TextDecoder;
import io.logcaster.ingest.text.TextFormat;
import io.logcaster.pipeline.InputMetrics;
import io.logcaster.record.RecordBatch;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads datagrams, each of them one message: one thread empties the socket, another decodes.
 * Nothing can slow their senders down, so what finds no room is dropped and counted, as is what the
 * system dropped before.
 */
public final class UdpInput implements Input {

  static final String OVERFLOW = "udp_overflow";
  static final String NO_ROOM = "pipeline_full";
  static final String CHUNKS_MISSING = "gelf_chunks_missing";

  /** As on TCP: a pause of this length ends a batch. */
  private static final int LINGER_MILLIS = 5;

  private static final int POLL_MILLIS = 500;

  private static final long MAX_DELAY_NANOS = 100_000_000L;

  private static final long UPKEEP_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** First bytes of what is not text: a chunk of GELF, gzip, zlib. */
  private static final byte CHUNK = 0x1e;

  private static final byte GZIP = 0x1f;

  private static final byte ZLIB = 0x78;

  private static final byte[] SHORT_MESSAGE = Bytes.ascii("\"short_message\"");

  private final UdpOptions options;
  private final InputContext context;
  private final BatchSender sender;
  private final TextDecoder decoder;
  private final GelfChunks chunks = new GelfChunks();
  private @Nullable InetAddress lastSender;
  private String lastHost = "";
  private long batchSince;
  private volatile @Nullable DatagramReceiver receiver;
  private volatile InputStats.State state = InputStats.State.STOPPED;
  private @Nullable Thread decoding;

  public UdpInput(UdpOptions options, InputContext context) {
    this.options = options;
    this.context = context;
    this.sender = new BatchSender(context, "");
    this.decoder = decoder(sender, options);
  }

  private static TextDecoder decoder(BatchSender sender, UdpOptions options) {
    TextDecoder decoder = TextDecoder.ofMessages(sender.writer(), options.maxRecordSize());
    return (options.protocol() == Protocol.AUTO)
        ? decoder
        : decoder.only(TextFormat.valueOf(options.protocol().name()));
  }

  @Override
  public void start() throws IOException {
    DatagramReceiver opened =
        new DatagramReceiver(
            new InetSocketAddress(options.address(), options.port()), options.receiveBuffer());
    receiver = opened;
    state = InputStats.State.RUNNING;
    // Threads of their own: they may be the busiest of the server and should not wait for a
    // carrier.
    String name = context.metrics().id();
    decoding = Thread.ofPlatform().daemon().name(name).start(() -> decode(opened));
    Thread.ofPlatform().daemon().name(name + "-receive").start(opened::run);
  }

  private void decode(DatagramReceiver from) {
    KernelDrops drops = KernelDrops.ofPort(from.port());
    long upkeep = System.nanoTime();
    try {
      while (!from.isEnded()) {
        DatagramSlab slab =
            from.take(sender.isEmpty() ? POLL_MILLIS : LINGER_MILLIS, TimeUnit.MILLISECONDS);
        long now = System.nanoTime();
        if (slab == null) {
          flush(from);
        } else {
          take(slab, now, from);
          from.release(slab);
          if (now - batchSince > MAX_DELAY_NANOS) {
            flush(from);
          }
        }
        if (now - upkeep > UPKEEP_NANOS) {
          upkeep = now;
          upkeep(now, drops);
        }
      }
      flush(from);
    } catch (InterruptedException ex) {
      Thread.currentThread().interrupt();
    } finally {
      upkeep(System.nanoTime(), drops);
      from.close();
    }
  }

  private void upkeep(long now, KernelDrops drops) {
    chunks.expire(now);
    drop(CHUNKS_MISSING, chunks.takeGivenUp());
    drop(OVERFLOW, drops.takeNew());
  }

  private void take(DatagramSlab slab, long now, DatagramReceiver from)
      throws InterruptedException {
    sender.arrived();
    context.metrics().addBytes(slab.to(slab.count() - 1));
    for (int i = 0; i < slab.count(); i++) {
      if (sender.isEmpty()) {
        batchSince = now;
      }
      InetSocketAddress peer = slab.sender(i);
      if (peer != null && !peer.getAddress().equals(lastSender)) {
        lastSender = peer.getAddress();
        lastHost = lastSender.getHostAddress();
        sender.writer().sender(Bytes.ascii(lastHost));
      }
      datagram(slab.bytes(), slab.from(i), slab.to(i), now);
      if (sender.isFull()) {
        flush(from);
      }
    }
  }

  private void datagram(byte[] bytes, int from, int to, long now) {
    if (from == to) {
      return;
    }
    switch (bytes[from]) {
      case CHUNK, GZIP, ZLIB -> binary(Arrays.copyOfRange(bytes, from, to), now);
      default -> message(bytes, from, to);
    }
  }

  /** Reads what may be a chunk or packed; the letter x begins zlib's data and many words. */
  private void binary(byte[] datagram, long now) {
    byte[] whole = datagram;
    if (GelfChunks.isChunk(datagram, datagram.length)) {
      whole = chunks.add(datagram, datagram.length, lastHost, now);
    }
    if (whole != null) {
      byte[] unpacked = unpacked(whole);
      if (unpacked != null) {
        decoder.single(unpacked, 0, unpacked.length, true);
      } else {
        message(whole, 0, whole.length);
      }
    }
  }

  private byte @Nullable [] unpacked(byte[] packed) {
    return GelfPacking.isPacked(packed, packed.length)
        ? GelfPacking.unpack(
            packed, packed.length, options.maxRecordSize() * JsonParser.TEXT_FACTOR)
        : null;
  }

  private void message(byte[] bytes, int from, int to) {
    boolean gelf =
        options.protocol() == Protocol.GELF || (bytes[from] == '{' && hasGelfName(bytes, from, to));
    decoder.single(bytes, from, to, gelf);
  }

  /** Whether JSON has the name that only GELF has. */
  private static boolean hasGelfName(byte[] bytes, int from, int to) {
    int at = Bytes.indexOf(bytes, from, to, (byte) '"');
    while (at < to) {
      if (Bytes.startsWith(bytes, at, to, SHORT_MESSAGE)) {
        return true;
      }
      at = Bytes.indexOf(bytes, at + 1, to, (byte) '"');
    }
    return false;
  }

  /** Hands in what waits; while there is no room it waits as long as datagrams find some. */
  private void flush(DatagramReceiver from) throws InterruptedException {
    if (sender.isEmpty()) {
      return;
    }
    RecordBatch batch = sender.build();
    var stored = context.intake().offer(batch, context.metrics());
    while (stored == null && from.hasRoom() && state == InputStats.State.RUNNING) {
      TimeUnit.MILLISECONDS.sleep(1);
      stored = context.intake().offer(batch, context.metrics());
    }
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
    DatagramReceiver open = receiver;
    Thread running = decoding;
    state = InputStats.State.STOPPING;
    try {
      if (open != null && running != null) {
        open.stop();
        running.join(TimeUnit.SECONDS.toMillis(10));
      }
    } catch (InterruptedException ex) {
      Thread.currentThread().interrupt();
    }
    if (open != null) {
      open.close();
    }
    state = InputStats.State.STOPPED;
  }

  /** The port it listens on; -1 while it does not. */
  int port() {
    DatagramReceiver open = receiver;
    return (open == null) ? -1 : open.port();
  }

  @Override
  public InputStats stats() {
    InputMetrics metrics = context.metrics();
    String host = options.address().getHostAddress();
    return new InputStats(
        metrics.id(),
        options.protocol().name().toLowerCase(Locale.ROOT),
        (port() < 0) ? "" : (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port(),
        state,
        metrics.received(),
        metrics.rejected().values().stream().mapToLong(Long::longValue).sum(),
        metrics.bytes(),
        metrics.notes().values().stream().mapToLong(Long::longValue).sum(),
        List.of());
  }
}
