package io.logcaster.series;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The values of one query, in an append-only file. Big-endian:
 *
 * <pre>
 * head     "LCSERIES"  u32 version 1
 * frame*   u32 length  u32 CRC-32C of the payload  payload
 *
 * payload  'L'  varint n  (utf name, utf value)*      the labels of the next series: 0, 1, 2, …
 * payload  'S'  varint step  varint n                 the values of a step: its start / its length
 *          (varint series - the one before - 1        series in ascending order
 *           varint v)*                                even: v / 2 is the zigzag difference to the
 *                                                     series' last value, both whole numbers;
 *                                                     1: eight bytes of a double follow
 * </pre>
 *
 * <p>A step that comes again replaces its earlier values; a step without values is there too, so
 * the file says how far it was evaluated. A torn or damaged end is cut off: what is lost is
 * evaluated again. Used by one thread at a time.
 */
final class SeriesFile implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SeriesFile.class);

  private static final byte[] MAGIC = "LCSERIES".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION = 1;
  private static final int HEAD = 12;

  /** A frame holds one step of at most some ten thousand series. */
  private static final int MAX_FRAME = 16 << 20;

  /** Whole numbers up to here are exact as doubles, and so are their differences as longs. */
  private static final double MAX_WHOLE = 1L << 53;

  private final Path file;
  private FileChannel channel;
  private final List<Map<String, String>> labels = new ArrayList<>();
  private final Map<Map<String, String>, Integer> ordinals = new HashMap<>();
  private final Map<Integer, Long> lastWhole = new HashMap<>();
  private long firstStep = -1;
  private long lastStep = -1;
  private Map<Integer, Double> latest = Map.of();

  private SeriesFile(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Takes the values of a step; may be called again for the same step, which replaces it. */
  @FunctionalInterface
  interface StepReader {
    void step(long step, Map<Integer, Double> values);
  }

  /**
   * Opens a file, creates it if it is missing, and cuts off a damaged end.
   *
   * @throws IOException if it has another version or cannot be read
   */
  static SeriesFile open(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    SeriesFile opened = new SeriesFile(file, channel);
    try {
      if (channel.size() < HEAD) {
        channel.truncate(0);
        channel.write(ByteBuffer.allocate(HEAD).put(MAGIC).putInt(VERSION).flip());
        channel.force(true);
      } else {
        long end = opened.read((step, values) -> opened.note(step, values));
        if (end < channel.size()) {
          LOG.warn("Cutting the damaged end of {} at {}", file, end);
          channel.truncate(end);
          channel.force(true);
        }
      }
      channel.position(channel.size());
      return opened;
    } catch (IOException | RuntimeException ex) {
      channel.close();
      throw ex;
    }
  }

  private void note(long step, Map<Integer, Double> values) {
    firstStep = (firstStep < 0) ? step : Math.min(firstStep, step);
    if (step >= lastStep) {
      lastStep = step;
      latest = values;
    }
  }

  /** Passes on all steps in the order of the file; returns the index after the last good frame. */
  long read(StepReader reader) throws IOException {
    labels.clear();
    ordinals.clear();
    lastWhole.clear();
    try (FileChannel input = FileChannel.open(file, StandardOpenOption.READ);
        DataInputStream in =
            new DataInputStream(new BufferedInputStream(Channels.newInputStream(input), 1 << 16))) {
      byte[] magic = new byte[MAGIC.length];
      in.readFully(magic);
      int version = in.readInt();
      if (!Arrays.equals(magic, MAGIC) || version != VERSION) {
        throw new IOException(
            file + " is no file of series of version " + VERSION + "; move it away to begin anew");
      }
      long at = HEAD;
      while (true) {
        byte[] payload = frame(in);
        if (payload == null) {
          return at;
        }
        decode(payload, reader);
        at += 8 + payload.length;
      }
    }
  }

  private static byte @Nullable [] frame(DataInputStream in) throws IOException {
    try {
      int length = in.readInt();
      int checksum = in.readInt();
      if (length < 1 || length > MAX_FRAME) {
        return null;
      }
      byte[] payload = new byte[length];
      in.readFully(payload);
      return (checksum(payload) == checksum) ? payload : null;
    } catch (EOFException ex) {
      return null;
    }
  }

  private void decode(byte[] payload, StepReader reader) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(payload));
    if (in.readByte() == 'L') {
      Map<String, String> names = new TreeMap<>();
      for (long left = varint(in); left > 0; left--) {
        names.put(in.readUTF(), in.readUTF());
      }
      ordinals.put(names, labels.size());
      labels.add(names);
      return;
    }
    long step = varint(in);
    long count = varint(in);
    Map<Integer, Double> values = new TreeMap<>();
    int ordinal = -1;
    for (long i = 0; i < count; i++) {
      ordinal += (int) varint(in) + 1;
      long coded = varint(in);
      if (coded == 1) {
        values.put(ordinal, in.readDouble());
      } else {
        long zigzag = coded >>> 1;
        long whole = lastWhole.getOrDefault(ordinal, 0L) + ((zigzag >>> 1) ^ -(zigzag & 1));
        lastWhole.put(ordinal, whole);
        values.put(ordinal, (double) whole);
      }
    }
    reader.step(step, values);
  }

  private static long varint(DataInputStream in) throws IOException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte next = in.readByte();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IOException("A number does not end");
  }

  private static void varint(DataOutputStream out, long value) throws IOException {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.writeByte((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    out.writeByte((int) rest);
  }

  private static int checksum(byte[] payload) {
    CRC32C checksum = new CRC32C();
    checksum.update(payload);
    return (int) checksum.getValue();
  }

  /** The series with the given labels; -1 if it is new and there is no room for it. */
  int ordinal(Map<String, String> given, BooleanSupplier room) throws IOException {
    Map<String, String> wanted = new TreeMap<>();
    given.forEach((name, value) -> wanted.put(cut(name), cut(value)));
    Integer known = ordinals.get(wanted);
    if (known != null) {
      return known;
    }
    if (!room.getAsBoolean()) {
      return -1;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeByte('L');
    varint(out, wanted.size());
    for (Map.Entry<String, String> label : wanted.entrySet()) {
      out.writeUTF(label.getKey());
      out.writeUTF(label.getValue());
    }
    write(bytes.toByteArray());
    ordinals.put(Map.copyOf(wanted), labels.size());
    labels.add(Map.copyOf(wanted));
    return labels.size() - 1;
  }

  /** Names and values of labels longer than this are of no use to anybody. */
  private static String cut(String text) {
    return (text.length() > 4_096) ? text.substring(0, 4_096) : text;
  }

  /** Adds or replaces the values of a step; they are on disk after {@link #sync}. */
  void put(long step, Map<Integer, Double> values) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeByte('S');
    varint(out, step);
    varint(out, values.size());
    int before = -1;
    Map<Integer, Double> sorted = new TreeMap<>(values);
    for (Map.Entry<Integer, Double> value : sorted.entrySet()) {
      varint(out, (long) value.getKey() - before - 1);
      before = value.getKey();
      double number = value.getValue();
      if (Math.abs(number) <= MAX_WHOLE && number == Math.rint(number)) {
        long whole = (long) number;
        long difference = whole - lastWhole.getOrDefault(value.getKey(), 0L);
        varint(out, ((difference << 1) ^ (difference >> 63)) << 1);
        lastWhole.put(value.getKey(), whole);
      } else {
        varint(out, 1);
        out.writeDouble(number);
      }
    }
    write(bytes.toByteArray());
    note(step, sorted);
  }

  private void write(byte[] payload) throws IOException {
    ByteBuffer frame =
        ByteBuffer.allocate(8 + payload.length)
            .putInt(payload.length)
            .putInt(checksum(payload))
            .put(payload)
            .flip();
    while (frame.hasRemaining()) {
      channel.write(frame);
    }
  }

  void sync() throws IOException {
    channel.force(false);
  }

  /** Removes steps before one, by writing the file anew; series without values are left out. */
  void removeBefore(long step) throws IOException {
    TreeMap<Long, Map<Integer, Double>> kept = new TreeMap<>();
    read(
        (each, values) -> {
          if (each >= step) {
            kept.put(each, values);
          }
        });
    List<Map<String, String>> before = List.copyOf(labels);
    Path next = file.resolveSibling(file.getFileName() + ".tmp");
    Files.deleteIfExists(next);
    try (SeriesFile written = open(next)) {
      for (Map.Entry<Long, Map<Integer, Double>> each : kept.entrySet()) {
        Map<Integer, Double> values = new TreeMap<>();
        for (Map.Entry<Integer, Double> value : each.getValue().entrySet()) {
          values.put(written.ordinal(before.get(value.getKey()), () -> true), value.getValue());
        }
        written.put(each.getKey(), values);
      }
      written.channel.force(true);
    }
    channel.close();
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    firstStep = -1;
    lastStep = -1;
    latest = Map.of();
    channel.position(read(this::note));
  }

  /** The labels of each series. */
  List<Map<String, String>> labels() {
    return List.copyOf(labels);
  }

  /** The first step; -1 for none. */
  long firstStep() {
    return firstStep;
  }

  /** The last step that was evaluated; -1 for none. */
  long lastStep() {
    return lastStep;
  }

  /** The values of the last step. */
  Map<Integer, Double> latest() {
    return latest;
  }

  long bytes() throws IOException {
    return channel.size();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
