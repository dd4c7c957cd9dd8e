package io.logcaster.sink.file;

import io.logcaster.record.Field;
import io.logcaster.record.LogRecord;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.Timestamps;
import io.logcaster.sink.Sink;
import io.logcaster.sink.SinkContexts;
import io.logcaster.sink.SinkException;
import io.logcaster.sink.SinkOptions;
import io.logcaster.storage.Batches;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** How many records a second one core writes to files, with each writer and format. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 4, time = 2)
public class BenchmarkFileSink {

  /** As many as a round of the file sink has at most. */
  private static final int RECORDS = 10_000;

  @Param({"buffered", "mapped"})
  public String writer = "buffered";

  @Param({"json", "logfmt", "raw"})
  public String format = "json";

  private RecordBatch batch = Batches.of();
  private Path directory = Path.of("");
  private Sink sink;
  private long position;

  @Setup
  public void open() throws IOException {
    Random random = new Random(7);
    LogRecord[] records = new LogRecord[RECORDS];
    long time = Timestamps.parse("2026-11-21T09:00:00Z");
    for (int i = 0; i < RECORDS; i++) {
      time += random.nextInt(2_000_000);
      records[i] =
          new LogRecord(
              time,
              9,
              "request %d from 10.0.%d.%d took %d ms"
                  .formatted(i, random.nextInt(256), random.nextInt(256), random.nextInt(5_000)),
              List.of(
                  new Field("host", "web" + random.nextInt(20)),
                  new Field("app", "shop"),
                  new Field("level", "INFO"),
                  new Field("user", "user" + random.nextInt(1_000))));
    }
    batch = Batches.of(records);
    directory = Files.createTempDirectory("file-sink");
    FileSinkType type = new FileSinkType();
    Map<String, Object> options =
        Map.of("path", "bench.log", "writer", writer, "format", format, "keepFiles", 2);
    sink = type.open(SinkOptions.of(type.options(), options), SinkContexts.in(directory));
  }

  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public void round() throws SinkException {
    sink.begin(position);
    sink.write(batch);
    sink.flush();
    position += RECORDS;
  }

  @TearDown
  public void close() throws IOException, SinkException {
    sink.close();
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
