package io.logcaster.storage.segment.file;

import io.logcaster.cli.SampleBatches;
import io.logcaster.record.Field;
import io.logcaster.record.RecordBatch;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Prints the bytes on disk per record of each column, and the time to write and read: {@code java …
 * SegmentSizes JSON 500000}.
 */
public final class SegmentSizes {

  private SegmentSizes() {}

  public static void main(String[] args) throws IOException {
    SampleBatches.Shape shape = SampleBatches.Shape.valueOf(args[0]);
    int records = Integer.parseInt(args[1]);
    int rounds = (args.length > 2) ? Integer.parseInt(args[2]) : 1;
    List<RecordBatch> batches = SampleBatches.of(shape, records, 7);
    Path directory = Files.createTempDirectory("sizes");
    Path file = directory.resolve("a.seg");
    for (int round = 0; round < rounds; round++) {
      Files.deleteIfExists(file);
      long cpu = cpu();
      long start = System.nanoTime();
      SegmentContents.write(file, batches);
      System.out.printf(
          "write %d ns/row, %d ns CPU/row%n",
          (System.nanoTime() - start) / records, (cpu() - cpu) / records);
      cpu = cpu();
      try (SegmentReader reader = SegmentReader.open(file)) {
        long bytes = 0;
        for (int block = 0; block < reader.blockCount(); block++) {
          bytes += reader.read(block).column(Field.MESSAGE).memoryBytes();
        }
        System.out.printf(
            "read messages %d ns CPU/row (%d)%n", (cpu() - cpu) / records, bytes / records);
        cpu = cpu();
        for (int block = 0; block < reader.blockCount(); block++) {
          RecordBatch batch = reader.read(block);
          batch.fieldNames().forEach(batch::column);
          batch.times();
        }
        System.out.printf("read the rest %d ns CPU/row%n", (cpu() - cpu) / records);
      }
    }
    Path merged = directory.resolve("merged.seg");
    long cpu = cpu();
    try (SegmentReader a = SegmentReader.open(file);
        SegmentReader b = SegmentReader.open(file)) {
      List<RecordBatch> blocks = SegmentContents.batches(a);
      blocks.addAll(SegmentContents.batches(b));
      SegmentInfo info = SegmentContents.write(merged, blocks);
      System.out.printf("merge %d ns CPU/row%n", (cpu() - cpu) / info.records());
    }
    Files.delete(merged);
    Map<String, long[]> sizes = new TreeMap<>();
    try (SegmentReader reader = SegmentReader.open(file)) {
      for (int block = 0; block < reader.blockCount(); block++) {
        BlockEntry entry = reader.entry(block);
        add(sizes, "_time", entry.times().length());
        if (entry.severities() != null) {
          add(sizes, "severity", entry.severities().length());
        }
        for (ColumnEntry column : entry.columns().values()) {
          if (column.body() != null) {
            add(sizes, column.name() + " type " + column.type(), column.body().length());
          }
          if (column.bloom() != null) {
            add(sizes, column.name() + " bloom", column.bloom().place().length());
          }
        }
      }
      System.out.println(reader.info());
    }
    sizes.forEach(
        (name, bytes) -> System.out.printf("%-24s %7.3f%n", name, (double) bytes[0] / records));
    System.out.printf("%-24s %7.3f%n", "all", (double) Files.size(file) / records);
    Files.delete(file);
    Files.delete(directory);
  }

  private static void add(Map<String, long[]> sizes, String name, long bytes) {
    sizes.computeIfAbsent(name, (key) -> new long[1])[0] += bytes;
  }

  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
