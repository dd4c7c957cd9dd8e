package io.logcaster.cli;

import java.util.Arrays;

/**
 * A push to Loki in protocol buffers: one stream with the labels of an agent, each line with its
 * level, app and trace as structured metadata. It is in Snappy's format without repetitions being
 * sought, so that the generator takes little of the machine.
 */
final class LokiBody implements BenchBody {

  /** The longest literal that two bytes of length describe. */
  private static final int LITERAL = 1 << 16;

  private final ProtoWriter proto = new ProtoWriter();
  private final BenchLine line = new BenchLine();
  private byte[] packed = new byte[2 << 20];

  @Override
  public String path() {
    return "/loki/api/v1/push";
  }

  @Override
  public String contentType() {
    return "application/x-protobuf";
  }

  @Override
  public int make(byte[] lines, int length) {
    proto.clear();
    int stream = proto.begin(1);
    proto.text(1, "{job=\"bench\", host=\"web-1\"}");
    int at = 0;
    while (at < length) {
      at = line.read(lines, at);
      int entry = proto.begin(2);
      int time = proto.begin(1);
      proto.number(1, Math.floorDiv(line.time, 1_000_000_000L));
      proto.number(2, Math.floorMod(line.time, 1_000_000_000L));
      proto.end(time);
      proto.text(2, lines, line.messageFrom, line.messageTo);
      metadata("level", lines, line.levelFrom, line.levelTo);
      metadata("app", lines, line.appFrom, line.appTo);
      metadata("trace_id", lines, line.traceFrom, line.traceTo);
      proto.end(entry);
    }
    proto.end(stream);
    return pack();
  }

  private void metadata(String name, byte[] source, int from, int to) {
    int pair = proto.begin(3);
    proto.text(1, name);
    proto.text(2, source, from, to);
    proto.end(pair);
  }

  private int pack() {
    int length = proto.length();
    if (packed.length < length + length / LITERAL * 3 + 16) {
      packed = Arrays.copyOf(packed, length * 2);
    }
    int used = 0;
    for (int left = length; ; left >>>= 7) {
      packed[used++] = (byte) ((left & 0x7f) | (left > 0x7f ? 0x80 : 0));
      if (left <= 0x7f) {
        break;
      }
    }
    for (int at = 0; at < length; at += LITERAL) {
      int count = Math.min(LITERAL, length - at);
      packed[used++] = (byte) (61 << 2);
      packed[used++] = (byte) (count - 1);
      packed[used++] = (byte) ((count - 1) >> 8);
      System.arraycopy(proto.bytes(), at, packed, used, count);
      used += count;
    }
    return used;
  }

  @Override
  public byte[] bytes() {
    return packed;
  }
}
