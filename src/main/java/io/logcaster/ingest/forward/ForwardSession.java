package io.logcaster.ingest.forward;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import io.logcaster.ingest.AcknowledgingSession;
import io.logcaster.ingest.Bytes;
import io.logcaster.ingest.InputContext;
import io.logcaster.ingest.LargeMessages;
import io.logcaster.ingest.MalformedFrameException;
import io.logcaster.ingest.forward.MsgpackReader.IncompleteException;
import io.logcaster.ingest.forward.MsgpackReader.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Speaks Fluentd's forward protocol, version 1, after a handshake where {@link ForwardSecurity}
 * asks for one:
 *
 * <pre>
 * [tag, time, {…}, options?]            Message
 * [tag, [[time, {…}], …], options?]     Forward
 * [tag, packed entries, options?]       PackedForward, compressed with gzip or zstd if the options say so
 * </pre>
 *
 * <p>Where the options have a {@code chunk}, {@code {"ack": chunk}} is the answer once its records
 * are durable. The tag becomes the field {@code tag}.
 *
 * @see <a href="https://github.com/fluent/fluentd/wiki/Forward-Protocol-Specification-v1">Forward
 *     Protocol Specification v1</a>
 */
public final class ForwardSession extends AcknowledgingSession<byte[]> {

  private static final Logger LOG = LoggerFactory.getLogger(ForwardSession.class);

  /** A window of 8 MB, as all of zstd's levels but the "ultra" ones ask for. */
  private static final int MAX_WINDOW_LOG = 23;

  private static final byte[] CHUNK = Bytes.ascii("chunk");
  private static final byte[] COMPRESSED = Bytes.ascii("compressed");
  private static final byte[] GZIP = Bytes.ascii("gzip");
  private static final byte[] ZSTD = Bytes.ascii("zstd");

  private final ForwardRecords records;
  private final MsgpackReader in = new MsgpackReader();
  private final ForwardSecurity security;
  private ForwardSecurity.@Nullable Challenge challenge;

  private byte[] compression = {};
  private byte[] chunk = {};

  public ForwardSession(
      InputContext context,
      Peer peer,
      ForwardSecurity security,
      LargeMessages largeMessages,
      int maxRecordSize) {
    super(context, peer, largeMessages, "malformed_forward");
    this.records = new ForwardRecords(submitter, maxRecordSize);
    this.security = security;
  }

  /**
   * Begins the session.
   *
   * @param greet whether to ask the sender for credentials; if they are required and the server has
   *     not asked, it refuses the sender
   */
  public void begin(boolean greet) throws IOException {
    if (greet) {
      challenge = security.challenge();
      byte[] helo = challenge.helo();
      peer.write(helo, helo.length);
    }
  }

  /** Whether a byte begins a message: an array of MessagePack. */
  public static boolean mayBegin(byte first) {
    int head = first & 0xff;
    return (head >= 0x92 && head <= 0x94) || head == 0xdc || head == 0xdd;
  }

  @Override
  public String protocol() {
    return "forward";
  }

  @Override
  protected int readFrame(byte[] bytes, int from, int to)
      throws IOException, MalformedFrameException, InterruptedException {
    try {
      // Checks that the message is complete before any of it is used.
      in.reset(bytes, from, to);
      in.skip();
      int end = in.at();
      in.reset(bytes, from, end);
      if (isKnown()) {
        message();
      } else {
        handshake();
      }
      return end;
    } catch (IncompleteException ex) {
      return -1;
    }
  }

  private boolean isKnown() {
    return (challenge == null) ? !security.isRequired() : challenge.isPassed();
  }

  private void handshake() throws IncompleteException, MalformedFrameException, IOException {
    ForwardSecurity.Challenge asked = challenge;
    if (asked != null) {
      byte[] pong = asked.pong(in);
      peer.write(pong, pong.length);
    }
    if (!isKnown()) {
      context.metrics().note("unauthorized", 1);
      close();
    }
  }

  private void message()
      throws IncompleteException, MalformedFrameException, IOException, InterruptedException {
    if (in.next() != Kind.ARRAY || in.count() < 2 || in.count() > 4) {
      throw new MalformedFrameException("no message");
    }
    int items = in.count();
    if (in.next() != Kind.TEXT) {
      throw new MalformedFrameException("no tag");
    }
    beginFrame();
    int tagFrom = in.from();
    int tagTo = in.to();
    byte[] bytes = in.bytes();
    int at = in.at();
    int end = in.end();
    options(items, at, end);
    in.reset(bytes, at, end);
    Kind second = in.next();
    if (second == Kind.ARRAY && items <= 3) {
      int entries = in.count();
      for (int i = 0; i < entries; i++) {
        entry(in, bytes, tagFrom, tagTo);
      }
    } else if (second == Kind.TEXT) {
      packed(bytes, tagFrom, tagTo);
    } else {
      in.reset(bytes, at, end);
      read(in, bytes, tagFrom, tagTo);
    }
    if (chunk.length > 0) {
      acknowledgeWhenDurable(chunk);
    }
  }

  /** Reads one of several entries; a malformed entry costs no other. */
  private void entry(MsgpackReader in, byte[] tag, int tagFrom, int tagTo)
      throws IncompleteException, MalformedFrameException, InterruptedException {
    int start = in.at();
    int end = in.end();
    in.skip();
    int next = in.at();
    in.reset(in.bytes(), start, next);
    if (in.next() == Kind.ARRAY && in.count() == 2) {
      read(in, tag, tagFrom, tagTo);
    } else {
      reject();
    }
    in.reset(in.bytes(), next, end);
  }

  private void read(MsgpackReader in, byte[] tag, int tagFrom, int tagTo)
      throws InterruptedException {
    try {
      records.entry(in, tag, tagFrom, tagTo);
      recordRead();
    } catch (IncompleteException | MalformedFrameException ex) {
      reject();
    } catch (RuntimeException ex) {
      LOG.error("Rejecting an entry that cannot be read", ex);
      reject();
    }
  }

  /** Reads the options at the end of a message, if there are any. */
  private void options(int items, int at, int end)
      throws IncompleteException, MalformedFrameException {
    chunk = new byte[0];
    compression = chunk;
    in.reset(in.bytes(), at, end);
    for (int i = 1; i < items - 1; i++) {
      in.skip();
    }
    if (items < 3 || in.next() != Kind.MAP) {
      return;
    }
    // Of a message of three parts the last may be its record, where these names mean nothing.
    int pairs = in.count();
    for (int i = 0; i < pairs; i++) {
      if (in.next() != Kind.TEXT) {
        return;
      }
      boolean isChunk = Bytes.equal(in.bytes(), in.from(), in.to(), CHUNK);
      boolean isCompressed = Bytes.equal(in.bytes(), in.from(), in.to(), COMPRESSED);
      int value = in.at();
      if ((isChunk || isCompressed) && in.next() == Kind.TEXT) {
        byte[] text = Arrays.copyOfRange(in.bytes(), in.from(), in.to());
        chunk = isChunk ? text : chunk;
        compression = isCompressed ? text : compression;
      } else {
        in.reset(in.bytes(), value, end);
        in.skip();
      }
    }
  }

  private void packed(byte[] tag, int tagFrom, int tagTo)
      throws IncompleteException, MalformedFrameException, IOException, InterruptedException {
    if (Arrays.equals(compression, GZIP) || Arrays.equals(compression, ZSTD)) {
      try (LargeMessages.Unpacked unpacked = unpack(this::unpacking)) {
        entries(unpacked.bytes(), 0, unpacked.length(), tag, tagFrom, tagTo);
      }
    } else {
      entries(in.bytes(), in.from(), in.to(), tag, tagFrom, tagTo);
    }
  }

  private void entries(byte[] bytes, int from, int to, byte[] tag, int tagFrom, int tagTo)
      throws MalformedFrameException, InterruptedException {
    MsgpackReader entries = new MsgpackReader();
    entries.reset(bytes, from, to);
    try {
      while (!entries.isAtEnd()) {
        entry(entries, tag, tagFrom, tagTo);
      }
    } catch (IncompleteException ex) {
      throw new MalformedFrameException("an entry that ends too soon");
    }
  }

  private InputStream unpacking() throws IOException {
    ByteArrayInputStream packed =
        new ByteArrayInputStream(in.bytes(), in.from(), in.to() - in.from());
    return Arrays.equals(compression, ZSTD)
        ? new ZstdInputStreamNoFinalizer(packed).setLongMax(MAX_WINDOW_LOG)
        : new GZIPInputStream(packed);
  }

  @Override
  protected void acknowledge(List<byte[]> durable) throws IOException {
    for (byte[] id : durable) {
      acknowledge(id);
    }
  }

  private void acknowledge(byte[] id) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    answer.write(0x81);
    answer.write(0xa3);
    answer.writeBytes(Bytes.ascii("ack"));
    if (id.length < 32) {
      answer.write(0xa0 | id.length);
    } else {
      answer.write(0xda);
      answer.write(id.length >> 8);
      answer.write(id.length);
    }
    answer.writeBytes(id);
    peer.write(answer.toByteArray(), answer.size());
  }
}
