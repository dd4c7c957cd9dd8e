package io.logcaster.ingest.udp;

import io.logcaster.ingest.BatchSubmitter;
import io.logcaster.ingest.Bytes;
import io.logcaster.ingest.Input;
import io.logcaster.ingest.InputContext;
import io.logcaster.ingest.InputDoor;
import io.logcaster.ingest.InputStats;
import io.logcaster.ingest.InputThread;
import io.logcaster.ingest.Protocol;
import io.logcaster.ingest.Transcoder;
import io.logcaster.ingest.gelf.Gelf;
import io.logcaster.ingest.gelf.GelfChunks;
import io.logcaster.ingest.gelf.GelfPacking;
import io.logcaster.ingest.json.JsonParser;
import io.logcaster.ingest.text.TextDecoder;
import io.logcaster.ingest.text.TextProtocol;
import io.logcaster.pipeline.InputMetrics;
import io.logcaster.record.RecordBatch;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads datagrams, one message each: one thread empties the socket, another decodes. There is no
 * backpressure on UDP senders, so records that find no room are dropped and counted, as are
 * datagrams that the system dropped.
 */
public final class UdpInput implements Input {

  private static final Logger LOG = LoggerFactory.getLogger(UdpInput.class);

  static final String OVERFLOW = "udp_overflow";
  static final String NO_ROOM = "pipeline_full";
  static final String CHUNKS_MISSING = "gelf_chunks_missing";

  /** Counts datagrams that no decoder can read. */
  static final String UNREADABLE = "unreadable";

  /** Counts compressed or chunked messages without content. */
  static final String EMPTY = "empty";

  /** Counts the records of batches that could not be submitted. */
  static final String FAILED = "input_failed";

  /** A pause of this length ends a batch, as on TCP. */
  private static final int LINGER_MILLIS = 5;

  private static final int POLL_MILLIS = 500;

  private static final long MAX_DELAY_NANOS = 100_000_000L;

  private static final long UPKEEP_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** The first bytes of binary messages: a GELF chunk, gzip, zlib. */
  private static final byte CHUNK = 0x1e;

  private static final byte GZIP = 0x1f;

  private static final byte ZLIB = 0x78;

  /** The first bytes of byte order marks. */
  private static final byte MARK_UTF_8 = (byte) 0xEF;

  private static final byte MARK_BE = (byte) 0xFE;

  private static final byte MARK_LE = (byte) 0xFF;

  private final UdpOptions options;
  private final InputContext context;
  private final BatchSubmitter submitter;
  private final TextDecoder decoder;
  private final GelfChunks chunks = new GelfChunks();
  private @Nullable InetAddress lastSender;
  private String lastHost = "";
  private long batchSince;
  private Supplier<@Nullable EarlyDatagrams> early = () -> null;
  private volatile @Nullable DatagramReceiver receiver;
  private volatile InputStats.State state = InputStats.State.STOPPED;
  private volatile @Nullable InputThread decoding;
  private volatile @Nullable InputThread receiving;

  /** The slab that is being read, its bytes and the index of its next datagram; null between. */
  private @Nullable DatagramSlab reading;

  private final byte[] datagrams = new byte[DatagramSlab.BYTES];

  private int nextDatagram;

  public UdpInput(UdpOptions options, InputContext context) {
    this.options = options;
    this.context = context;
    this.submitter = new BatchSubmitter(context, "");
    this.decoder = decoder(submitter, options);
  }

  private static TextDecoder decoder(BatchSubmitter submitter, UdpOptions options) {
    TextDecoder decoder = TextDecoder.ofMessages(submitter.writer(), options.maxRecordSize());
    TextProtocol protocol = TextProtocol.of(options.protocol());
    return (protocol == null) ? decoder : decoder.only(protocol);
  }

  /**
   * Lets the input continue a port that is open already, rather than open one.
   *
   * @param early gives the port when the input starts; null to open one
   */
  public void adopt(Supplier<@Nullable EarlyDatagrams> early) {
    this.early = early;
  }

  @Override
  public void start() throws IOException {
    EarlyDatagrams before = early.get();
    DatagramReceiver opened =
        (before != null)
            ? before.receiver()
            : new DatagramReceiver(
                new InetSocketAddress(options.address(), options.port()), options.receiveBuffer());
    opened.warnOfSmallBuffer();
    receiver = opened;
    state = InputStats.State.RUNNING;
    // Platform threads: they may be the busiest of the server and should not wait for a
    // carrier.
    String name = context.metrics().id();
    KernelDrops drops = KernelDrops.ofPort(opened.port());
    InputThread decoder =
        new InputThread(name, context, () -> !opened.isEnded(), () -> decode(opened, drops));
    InputThread receive =
        new InputThread(name + "-receive", context, () -> !opened.isDrained(), opened::run);
    decoding = decoder;
    receiving = receive;
    decoder.startPlatform();
    receive.startPlatform();
  }

  private void decode(DatagramReceiver from, KernelDrops drops) throws InterruptedException {
    submitter.writer().builder().rollback(); // discard what a failure left behind
    long upkeep = System.nanoTime();
    while (!from.isEnded()) {
      DatagramSlab slab = reading;
      if (slab == null) {
        slab = from.take(submitter.isEmpty() ? POLL_MILLIS : LINGER_MILLIS, TimeUnit.MILLISECONDS);
      }
      long now = System.nanoTime();
      if (slab != null) {
        take(slab, now, from);
        from.release(slab);
      }
      if (slab == null || now - batchSince > MAX_DELAY_NANOS) {
        flush(from);
      }
      if (now - upkeep > UPKEEP_NANOS) {
        upkeep = now;
        upkeep(now, drops);
      }
    }
    flush(from);
    upkeep(System.nanoTime(), drops);
  }

  private void upkeep(long now, KernelDrops drops) {
    chunks.expire(now);
    drop(CHUNKS_MISSING, chunks.takeGivenUp());
    drop(OVERFLOW, drops.takeNew());
  }

  /** Reads the unread datagrams of a slab: all of them, unless this resumes after a failure. */
  private void take(DatagramSlab slab, long now, DatagramReceiver from)
      throws InterruptedException {
    if (reading == null) {
      slab.copyTo(datagrams);
      reading = slab;
      nextDatagram = 0;
      context.metrics().addBytes(slab.bytes());
    }
    submitter.arrived();
    while (nextDatagram < slab.count()) {
      int i = nextDatagram++;
      if (submitter.isEmpty()) {
        batchSince = now;
      }
      InetSocketAddress peer = slab.sender(i);
      if (peer != null && !peer.getAddress().equals(lastSender)) {
        lastSender = peer.getAddress();
        lastHost = lastSender.getHostAddress();
        submitter.writer().sender(Bytes.ascii(lastHost));
      }
      datagram(datagrams, slab.from(i), slab.to(i), now);
      if (submitter.isFull()) {
        flush(from);
      }
    }
    reading = null;
  }

  /** Reads one datagram. An unreadable datagram is rejected without affecting others. */
  private void datagram(byte[] bytes, int from, int to, long now) {
    try {
      switch (from < to ? bytes[from] : 0) {
        case MARK_UTF_8, MARK_BE, MARK_LE -> {
          byte[] text = Transcoder.ofWhole(bytes, from, to).decodeWhole(bytes, from, to);
          text(text, 0, text.length);
        }
        case CHUNK, GZIP, ZLIB -> binary(Arrays.copyOfRange(bytes, from, to), now);
        default -> text(bytes, from, to);
      }
    } catch (RuntimeException ex) {
      submitter.writer().builder().rollback();
      context.metrics().reject(UNREADABLE, 1);
      LOG.error("A datagram of {} bytes cannot be read and is rejected", to - from, ex);
    }
  }

  /**
   * Reads a datagram that may be a chunk or compressed. The letter x begins both zlib data and many
   * words, so it may be text, too.
   */
  private void binary(byte[] datagram, long now) {
    byte[] whole = datagram;
    if (GelfChunks.isChunk(datagram, datagram.length)) {
      whole = chunks.add(datagram, datagram.length, lastHost, now);
    }
    if (whole == null) {
      return;
    }
    if (!GelfPacking.isPacked(whole, whole.length)) {
      if (!message(whole, 0, whole.length)) {
        context.metrics().reject(EMPTY, 1);
      }
      return;
    }
    byte[] unpacked =
        GelfPacking.unpack(whole, whole.length, options.maxRecordSize() * JsonParser.TEXT_FACTOR);
    if (unpacked == null) {
      decoder.unreadable("gelf: does not unpack", whole);
    } else if (!decoder.single(unpacked, 0, unpacked.length, true)) {
      context.metrics().reject(EMPTY, 1);
    }
  }

  /** Reads an uncompressed message. An empty datagram, such as a probe, is not a record. */
  private void text(byte[] bytes, int from, int to) {
    if (!message(bytes, from, to)) {
      context.metrics().note("empty_datagram", 1);
    }
  }

  private boolean message(byte[] bytes, int from, int to) {
    boolean gelf =
        from < to
            && (options.protocol() == Protocol.GELF
                || (bytes[from] == '{' && Gelf.isGelf(bytes, from, to)));
    return decoder.single(bytes, from, to, gelf);
  }

  /**
   * Submits the open batch. If the pipeline is full, waits as long as the receiver has room for
   * more datagrams, then drops the batch.
   */
  private void flush(DatagramReceiver from) throws InterruptedException {
    if (submitter.isEmpty()) {
      return;
    }
    RecordBatch batch = submitter.build();
    String failure = FAILED;
    try {
      var stored = context.intake().offer(batch, context.metrics());
      while (stored == null && from.hasRoom() && state == InputStats.State.RUNNING) {
        TimeUnit.MILLISECONDS.sleep(1);
        stored = context.intake().offer(batch, context.metrics());
      }
      failure = (stored == null) ? NO_ROOM : "";
    } finally {
      if (!failure.isEmpty()) {
        drop(failure, batch.size());
      }
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
    InputThread running = decoding;
    state = InputStats.State.STOPPING;
    try {
      if (open != null && running != null) {
        open.stop();
        running.join(Duration.ofSeconds(10));
      }
    } catch (InterruptedException ex) {
      Thread.currentThread().interrupt();
    }
    if (open != null) {
      open.close();
    }
    state = InputStats.State.STOPPED;
  }

  /** The port this input listens on; -1 while it is closed. */
  int port() {
    DatagramReceiver open = receiver;
    return (open == null) ? -1 : open.port();
  }

  private InputStats.State state() {
    InputThread decoder = decoding;
    InputThread receive = receiving;
    boolean down = (decoder != null && decoder.isDown()) || (receive != null && receive.isDown());
    return (down && state == InputStats.State.RUNNING) ? InputStats.State.FAILED : state;
  }

  @Override
  public InputStats stats() {
    InputMetrics metrics = context.metrics();
    String host = options.address().getHostAddress();
    return new InputStats(
        metrics.id(),
        options.protocol().text(),
        (port() < 0) ? "" : (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port(),
        state(),
        metrics.received(),
        metrics.rejected().values().stream().mapToLong(Long::longValue).sum(),
        metrics.bytes(),
        metrics.notes().values().stream().mapToLong(Long::longValue).sum(),
        List.of());
  }

  @Override
  public InputDoor door() {
    return new InputDoor(InputDoor.Transport.UDP, options.protocol(), false, false);
  }
}
