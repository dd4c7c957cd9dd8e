package io.logcaster.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.record.RecordBatch;
import io.logcaster.s3.S3Server;
import io.logcaster.storage.InMemoryLogStorage;
import io.logcaster.storage.ScanTrace;
import io.logcaster.storage.ScanTrace.Count;
import io.logcaster.storage.segment.SegmentLogStorage;
import io.logcaster.storage.segment.Tiers;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries give the same rows on segments in object storage as in memory. */
class TieredQueriesTest {

  @TempDir static Path directory;

  private static InMemoryLogStorage memory;

  private static S3Server server;

  private static SegmentLogStorage segments;

  @BeforeAll
  static void fill() throws IOException {
    server = new S3Server();
    memory = new InMemoryLogStorage(Long.MAX_VALUE);
    segments = Tiers.open(directory, server);
    for (RecordBatch batch : QuerySuite.batches()) {
      segments.append(batch).join();
      memory.append(batch).join();
      segments.flushAll();
    }
    Tiers.move(segments);
  }

  @AfterAll
  static void close() throws IOException {
    segments.close();
    memory.close();
    server.close();
  }

  @ParameterizedTest
  @MethodSource("io.logcaster.query.QuerySuite#queries")
  void everyQuery_agreesWithTheEngineInMemory(String query) throws IOException {
    assertThat(Records.rows(segments, query)).isEqualTo(Records.rows(memory, query)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "absentword",
        "* | stats by (level) count() n",
        "* | stats by (_time:1d, app) count() n",
        "level:>=WARN | stats count() n"
      })
  void absentWords_andCounts_fetchNothing(String query) throws IOException {
    ScanTrace trace = Records.trace(segments, query);

    assertThat(trace.get(Count.BYTES_FETCHED)).isZero();
    assertThat(trace.get(Count.BLOCKS_READ)).isZero();
  }

  @Test
  void records_areAllThere() {
    assertThat(segments.stats().records()).isEqualTo(memory.stats().records());
    assertThat(segments.tier()).isNotNull();
  }
}
