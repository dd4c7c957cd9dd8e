package io.logcaster.cli;

import io.logcaster.ingest.LocalTimes;
import io.logcaster.ingest.RecordWriter;
import io.logcaster.ingest.text.TextDecoder;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.RecordBatchBuilder;
import io.logcaster.record.Timestamps;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Makes batches of the load generator's lines, as an input would. */
public final class SampleBatches {

  /** The shape of the lines. */
  public enum Shape {
    RAW,
    SYSLOG,
    JSON
  }

  private static final long START = Timestamps.parse("2026-11-21T00:00:00Z");

  private SampleBatches() {}

  /** Batches of full size, the last one of what is left. The same seed gives the same batches. */
  public static List<RecordBatch> of(Shape shape, int records, long seed) {
    RecordWriter writer =
        new RecordWriter(List.of("host", "app"), new LocalTimes(ZoneOffset.UTC), null);
    RecordBatchBuilder builder = writer.builder();
    writer.now(START);
    TextDecoder decoder = new TextDecoder(writer, 1 << 16, () -> true, null, null);
    LineGenerator lines =
        new LineGenerator(LineSource.Format.valueOf(shape.name()), seed, START, "");
    List<RecordBatch> batches = new ArrayList<>();
    byte[] line = new byte[lines.maxLine()];
    for (int i = 0; i < records; i++) {
      int end = lines.next(line, 0);
      decoder.decode(line, 0, end, true);
      if (builder.isFull()) {
        batches.add(builder.build());
      }
    }
    if (builder.size() > 0) {
      batches.add(builder.build());
    }
    return batches;
  }
}
