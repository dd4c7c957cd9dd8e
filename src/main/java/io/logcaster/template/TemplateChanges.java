package io.logcaster.template;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Changes of the known templates in the form of {@link TemplateLog}. Not thread-safe. */
final class TemplateChanges {

  private static final int FLUSHED = 1;
  private static final int TEMPLATE = 2;
  private static final int RECORDS = 3;
  private static final int FORGOTTEN = 4;
  private static final int SINCE = 5;
  private static final int HISTORY = 6;
  private static final int MERGED = 7;

  private static final int BORN = 1;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private final DataOutputStream out = new DataOutputStream(bytes);

  /** Writes to memory, where nothing can fail. */
  @FunctionalInterface
  private interface Writing {

    void run() throws IOException;
  }

  private void write(int kind, Writing writing) {
    try {
      out.writeByte(kind);
      writing.run();
    } catch (IOException ex) {
      throw new UncheckedIOException(ex);
    }
  }

  void flushed(long sequence) {
    write(FLUSHED, () -> out.writeLong(sequence));
  }

  void since(long time) {
    write(SINCE, () -> out.writeLong(time));
  }

  void history(long sequence) {
    write(HISTORY, () -> out.writeLong(sequence));
  }

  void merged(long id, long into) {
    write(
        MERGED,
        () -> {
          out.writeLong(id);
          out.writeLong(into);
        });
  }

  void forgotten(long id) {
    write(FORGOTTEN, () -> out.writeLong(id));
  }

  void records(long id, long day, long count, long latest) {
    write(
        RECORDS,
        () -> {
          out.writeLong(id);
          out.writeInt((int) day);
          out.writeLong(count);
          out.writeLong(latest);
        });
  }

  void template(KnownTemplate template) {
    write(
        TEMPLATE,
        () -> {
          out.writeLong(template.id);
          sized(template.text);
          out.writeLong(template.learned);
          out.writeByte(template.born ? BORN : 0);
          out.writeLong(template.lastSeen);
          out.writeLong(template.count);
          out.writeShort(template.days().length);
          for (long day : template.days()) {
            out.writeLong(day);
          }
          out.writeLong(template.first.time());
          out.writeLong(template.first.exampleTime());
          sized(template.first.packed());
        });
  }

  private void sized(byte[] text) throws IOException {
    out.writeShort(text.length);
    out.write(text);
  }

  int size() {
    return bytes.size();
  }

  byte[] toByteArray() {
    return bytes.toByteArray();
  }

  /** Receives the changes that a frame has. */
  interface Visitor {

    void flushed(long sequence);

    void since(long time);

    void history(long sequence);

    void merged(long id, long into);

    void forgotten(long id);

    void records(long id, long day, long count, long latest);

    void template(KnownTemplate template);
  }

  /** Reads the changes of a frame. */
  static void read(DataInputStream in, Visitor visitor) throws IOException {
    for (int kind = in.read(); kind >= 0; kind = in.read()) {
      switch (kind) {
        case FLUSHED -> visitor.flushed(in.readLong());
        case SINCE -> visitor.since(in.readLong());
        case HISTORY -> visitor.history(in.readLong());
        case MERGED -> visitor.merged(in.readLong(), in.readLong());
        case FORGOTTEN -> visitor.forgotten(in.readLong());
        case RECORDS -> visitor.records(in.readLong(), in.readInt(), in.readLong(), in.readLong());
        case TEMPLATE -> visitor.template(template(in));
        default -> throw new IOException("Change of unknown kind " + kind);
      }
    }
  }

  private static KnownTemplate template(DataInputStream in) throws IOException {
    long id = in.readLong();
    byte[] text = sized(in);
    long learned = in.readLong();
    boolean born = (in.readByte() & BORN) != 0;
    long lastSeen = in.readLong();
    long count = in.readLong();
    long[] days = new long[in.readUnsignedShort()];
    for (int i = 0; i < days.length; i++) {
      days[i] = in.readLong();
    }
    KnownTemplate template =
        new KnownTemplate(id, text, new FirstRecord(in.readLong(), in.readLong(), sized(in)));
    template.learned = learned;
    template.born = born;
    template.lastSeen = lastSeen;
    template.count = count;
    template.days(days);
    template.durable = true;
    return template;
  }

  private static byte[] sized(DataInputStream in) throws IOException {
    byte[] text = new byte[in.readUnsignedShort()];
    in.readFully(text);
    return text;
  }
}
