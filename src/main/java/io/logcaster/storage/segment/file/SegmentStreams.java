package io.logcaster.storage.segment.file;

import io.logcaster.record.Field;
import io.logcaster.record.Stream;
import io.logcaster.storage.segment.bytes.ByteSink;
import io.logcaster.storage.segment.bytes.ByteSource;
import io.logcaster.storage.segment.bytes.MalformedException;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** The streams of a segment: a table of the ends of their texts, then the texts. Thread-safe. */
final class SegmentStreams {

  /** The size of an entry of the table. */
  private static final int END_BYTES = 4;

  private final MappedFile file;

  private final SegmentFooter footer;

  /**
   * The streams read so far. Softly referenced, because some segments have hundreds of thousands.
   */
  private volatile SoftReference<AtomicReferenceArray<@Nullable Stream>> read =
      new SoftReference<>(null);

  SegmentStreams(MappedFile file, SegmentFooter footer) {
    this.file = file;
    this.footer = footer;
  }

  static void write(List<Stream> streams, ByteSink target) {
    ByteSink texts = new ByteSink(1 << 12);
    for (Stream stream : streams) {
      texts.putVarint(stream.fields().size());
      for (Field field : stream.fields()) {
        byte[] name = field.name().getBytes(StandardCharsets.UTF_8);
        texts.putSized(name, 0, name.length);
        byte[] value = field.value().getBytes(StandardCharsets.UTF_8);
        texts.putSized(value, 0, value.length);
      }
      target.putInt(texts.length());
    }
    target.put(texts.array(), 0, texts.length());
  }

  /**
   * Returns a stream by its number.
   *
   * @throws UncheckedIOException around a {@link CorruptSegmentException} if it is damaged
   */
  Stream get(int number) {
    if (number >= footer.streams()) {
      throw corrupt("stream " + number + " is not below " + footer.streams());
    }
    AtomicReferenceArray<@Nullable Stream> known = read.get();
    if (known == null) {
      known = new AtomicReferenceArray<>(footer.streams());
      read = new SoftReference<>(known);
    }
    Stream stream = known.get(number);
    if (stream == null) {
      stream = read(number);
      known.set(number, stream);
    }
    return stream;
  }

  private Stream read(int number) {
    long table = footer.indexAt();
    int from = (number == 0) ? 0 : file.getInt(table + (number - 1L) * END_BYTES);
    int to = file.getInt(table + (long) number * END_BYTES);
    long texts = table + (long) footer.streams() * END_BYTES;
    if (from < 0 || from > to || texts + to > footer.directoryAt()) {
      throw corrupt("stream " + number + " lies outside the index");
    }
    ByteSource source = new ByteSource(file.copy(texts + from, to - from), 0, to - from);
    try {
      int count = source.getCount(source.remaining());
      List<Field> fields = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        String name = new String(source.getSized(), StandardCharsets.UTF_8);
        fields.add(new Field(name, new String(source.getSized(), StandardCharsets.UTF_8)));
      }
      return Stream.of(fields);
    } catch (MalformedException ex) {
      throw new UncheckedIOException(file.corrupt(texts + from, ex.getMessage()));
    }
  }

  private UncheckedIOException corrupt(String detail) {
    return new UncheckedIOException(file.corrupt(footer.indexAt(), detail));
  }
}
