package io.logcaster.storage.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logcaster.query.ast.PhraseFilter;
import io.logcaster.query.exec.filter.FilterCompiler;
import io.logcaster.record.Field;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.RecordBatchBuilder;
import io.logcaster.record.Tokens;
import io.logcaster.storage.BlockSummary;
import io.logcaster.storage.ScanRequest;
import io.logcaster.storage.ScanTrace;
import io.logcaster.storage.ScanTrace.Count;
import io.logcaster.storage.segment.file.CorruptSegmentException;
import io.logcaster.storage.segment.file.SegmentContents;
import io.logcaster.storage.segment.file.SegmentReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Words of neighbouring blocks are looked up together. */
class WordGroupTest {

  /** More than one group. */
  private static final int BLOCKS = 18;

  /** Streams with as much text have blocks of their own. */
  private static final String FILLER = " and more of the same".repeat(26_000);

  @TempDir static Path directory = Path.of("");

  private static Path file = Path.of("");

  private static final ScanThreads THREADS = new ScanThreads();

  private final FilterCompiler compiler =
      new FilterCompiler(
          () -> 0,
          (query) -> {
            throw new IllegalArgumentException("no queries here");
          });

  @BeforeAll
  static void write() throws IOException {
    RecordBatchBuilder builder = RecordBatch.builder(List.of("host"));
    int host = builder.column("host");
    int color = builder.column("color");
    int number = builder.column("number");
    for (int i = 0; i < BLOCKS; i++) {
      for (int row = 0; row < 300; row++) {
        builder.time(1_000_000_000L * (i * 300 + row));
        builder.value(host, "h" + (10 + i));
        builder.value(color, (row % 2 == 0) ? "red" : "shade" + i);
        builder.value(number, Integer.toString(1_000_000 * i + row));
        builder.value(
            RecordBatchBuilder.MESSAGE,
            "every only"
                + i
                + " half"
                + i % 2
                + " row"
                + (i * 300 + row)
                + (row == 0 ? FILLER : ""));
        builder.end();
      }
    }
    file = directory.resolve("grouped.seg");
    SegmentContents.writeGrouped(file, List.of(builder.build()));
  }

  @AfterAll
  static void close() {
    THREADS.close();
  }

  private static boolean mayContain(BlockSummary summary, String field, String word) {
    byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
    return summary.column(field).mayContainToken(Tokens.hash(bytes, 0, bytes.length));
  }

  private static List<Integer> blocksWith(SegmentReader reader, String field, String word) {
    List<Integer> found = new ArrayList<>();
    for (int block = 0; block < reader.blockCount(); block++) {
      if (mayContain(reader.summary(block), field, word)) {
        found.add(block);
        assertThat(mayContain(reader.groupSummary(reader.groupOf(block), 1), field, word)).isTrue();
      }
    }
    return found;
  }

  @Test
  void words_areFoundInTheirBlocks() throws IOException {
    try (SegmentReader reader = SegmentReader.open(file)) {
      reader.verify();
      assertThat(reader.blockCount()).isEqualTo(BLOCKS);
      assertThat(reader.groupCount()).isEqualTo(2);
      assertThat(blocksWith(reader, Field.MESSAGE, "every")).hasSize(BLOCKS);
      assertThat(blocksWith(reader, Field.MESSAGE, "half1")).hasSize(BLOCKS / 2);
      int others = 0;
      for (int i = 0; i < BLOCKS; i++) {
        assertThat(blocksWith(reader, "host", "h" + (10 + i))).hasSize(1);
        assertThat(blocksWith(reader, "color", "shade" + i)).hasSize(1);
        assertThat(blocksWith(reader, "number", Integer.toString(1_000_000 * i + 7))).contains(i);
        List<Integer> found = blocksWith(reader, Field.MESSAGE, "only" + i);
        assertThat(found).contains(i);
        others += found.size() - 1;
      }
      // The group without the word passes once in 32 cases.
      assertThat(others).isLessThan(6);
    }
  }

  @Test
  void absentWords_areMostlyRuledOutForAGroup() throws IOException {
    try (SegmentReader reader = SegmentReader.open(file)) {
      int passed = 0;
      for (int i = 0; i < 5_000; i++) {
        passed += mayContain(reader.groupSummary(i % 2, 1), Field.MESSAGE, "absent" + i) ? 1 : 0;
      }
      assertThat(passed).isBetween(50, 320);
    }
  }

  @Test
  void groupSummaries_coverTheirBlocks() throws IOException {
    try (SegmentReader reader = SegmentReader.open(file)) {
      BlockSummary last = reader.groupSummary(1, 3);
      assertThat(last.groupSize()).isEqualTo(3);
      assertThat(last.rows()).isEqualTo(3 * 300);
      assertThat(last.minTime()).isEqualTo(1_000_000_000L * 15 * 300);
      assertThat(last.maxTime()).isEqualTo(1_000_000_000L * (18 * 300 - 1));
      assertThat(last.stream()).isNull();
      // Values of stream fields are not in the maps.
      assertThat(mayContain(last, "host", "nowhere")).isTrue();
    }
  }

  /** Scans for a word in messages and returns the number of rows. */
  private int scan(SegmentReader reader, String word, ScanTrace trace, Damage damage)
      throws IOException {
    int[] rows = new int[1];
    ScanRequest all = ScanRequest.all();
    ScanRequest request =
        new ScanRequest(
            all.minTime(),
            all.maxTime(),
            compiler.compile(new PhraseFilter(Field.MESSAGE, word)),
            ScanRequest.Order.ANY,
            null,
            1,
            () -> false,
            trace);
    SegmentScan scan =
        new SegmentScan(
            request,
            (batch, selected, worker) -> {
              rows[0] += selected.cardinality();
              return true;
            },
            damage);
    scan.add(reader);
    scan.run(THREADS);
    return rows[0];
  }

  @Test
  void aScan_readsTheBlocksOfTheWord() throws IOException {
    try (SegmentReader reader = SegmentReader.open(file)) {
      ScanTrace trace = new ScanTrace();
      assertThat(scan(reader, "only4", trace, new Damage())).isEqualTo(300);
      assertThat(trace.get(Count.BLOCKS_READ)).isBetween(1L, 2L);
      assertThat(trace.get(Count.BLOCKS_READ) + trace.get(Count.BLOCKS_FILTERED_OUT))
          .isEqualTo(BLOCKS);
    }
  }

  @Test
  void damagedWords_areReportedAndRuleOutNothing() throws IOException {
    Path damaged = directory.resolve("damaged.seg");
    byte[] bytes = Files.readAllBytes(file);
    try (SegmentReader reader = SegmentReader.open(file)) {
      bytes[(int) SegmentContents.groupOffset(reader, 0) + 20] ^= 1;
    }
    Files.write(damaged, bytes);
    try (SegmentReader reader = SegmentReader.open(damaged)) {
      assertThatThrownBy(reader::verify).isInstanceOf(CorruptSegmentException.class);
      Damage damage = new Damage();
      assertThat(scan(reader, "only4", new ScanTrace(), damage)).isEqualTo(300);
      assertThat(damage.all()).singleElement().asString().contains("damaged.seg");
      assertThat(scan(reader, "only17", new ScanTrace(), damage)).isEqualTo(300);
      assertThat(damage.all()).hasSize(1);
    }
  }
}
