package io.logcaster.storage.segment;

import io.logcaster.cli.SampleBatches;
import io.logcaster.record.Field;
import io.logcaster.record.RecordBatch;
import io.logcaster.storage.segment.file.SegmentContents;
import io.logcaster.storage.segment.file.SegmentReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
import org.openjdk.jmh.infra.Blackhole;

/** Measures the time to write and read a segment, per row. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Benchmark)
public class BenchmarkSegment {

  private static final int RECORDS = 200_000;

  @Param({"SYSLOG", "JSON"})
  public SampleBatches.Shape shape = SampleBatches.Shape.SYSLOG;

  private List<RecordBatch> batches = List.of();

  private Path directory = Path.of("");

  private Path file = Path.of("");

  @Setup
  public void write() throws IOException {
    batches = SampleBatches.of(shape, RECORDS, 7);
    directory = Files.createTempDirectory("segments");
    file = directory.resolve("read");
    SegmentContents.write(file, batches);
  }

  @TearDown
  public void delete() throws IOException {
    Files.delete(file);
    Files.delete(directory);
  }

  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public void writeRow() throws IOException {
    Path target = directory.resolve("write");
    SegmentContents.write(target, batches);
    Files.delete(target);
  }

  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public void readMessage(Blackhole target) throws IOException {
    read(Field.MESSAGE, target);
  }

  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public void readLevel(Blackhole target) throws IOException {
    read(Field.LEVEL, target);
  }

  private void read(String name, Blackhole target) throws IOException {
    try (SegmentReader reader = SegmentReader.open(file)) {
      for (int block = 0; block < reader.blockCount(); block++) {
        target.consume(reader.read(block).column(name));
      }
    }
  }
}
