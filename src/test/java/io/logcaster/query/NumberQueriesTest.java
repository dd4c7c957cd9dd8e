package io.logcaster.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.record.RecordBatch;
import io.logcaster.record.RecordBatchBuilder;
import io.logcaster.storage.InMemoryLogStorage;
import io.logcaster.storage.segment.SegmentLogStorage;
import io.logcaster.storage.segment.SegmentOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Columns stored as numbers give the same results as their text. */
class NumberQueriesTest {

  @TempDir Path directory = Path.of("");

  private final InMemoryLogStorage memory = new InMemoryLogStorage(Long.MAX_VALUE);

  private SegmentLogStorage segments;

  @BeforeEach
  void fill() throws IOException {
    segments = SegmentLogStorage.open(directory, SegmentOptions.defaults());
    Random random = new Random(11);
    RecordBatchBuilder builder = RecordBatch.builder(List.of("app"));
    int app = builder.column("app");
    int size = builder.column("size");
    int ratio = builder.column("ratio");
    int id = builder.column("id");
    int mixed = builder.column("mixed");
    for (int i = 0; i < 4_000; i++) {
      builder.time(Records.START + i * 1_000_000L);
      builder.value(app, "app-" + random.nextInt(3));
      builder.value(size, Integer.toString(random.nextInt(200_000) - 50_000));
      if (random.nextInt(4) > 0) {
        builder.value(
            ratio,
            (random.nextBoolean() ? "-" : "")
                + random.nextInt(90)
                + ((random.nextInt(5) == 0) ? ".5" : "." + (1 + random.nextInt(99_998))));
      }
      builder.value(id, Long.toString(900_719_925_474_099_000L + random.nextInt(4_000)));
      builder.value(mixed, random.nextInt(500) + (random.nextBoolean() ? "ms" : ""));
      builder.value(RecordBatchBuilder.MESSAGE, "row " + i);
      builder.end();
    }
    RecordBatch batch = builder.build();
    segments.append(batch).join();
    memory.append(batch).join();
    segments.flushAll();
  }

  @AfterEach
  void close() throws IOException {
    segments.close();
  }

  @Test
  void everyQuery_onNumbers_agreesWithText() throws IOException {
    for (String field : List.of("size", "ratio", "id", "mixed")) {
      for (String query :
          List.of(
              "F:>40 | stats count() n",
              "F:<=0.5 | stats count() n",
              "F:range(-10, 900719925474099700] | stats count() n",
              "F:900719925474099123 | stats count() n",
              "F:5 | stats count() n",
              "F:=\"\" | stats count() n",
              "F:~\"7[0-9]$\" | stats count() n",
              "F:len_range(2, 4) | stats count() n",
              "!F:>40 F:* | stats count() n",
              "* | stats min(F) i, max(F) x, median(F) m, quantile(0.9, F) q",
              "* | stats by (app) min(F) i, max(F) x, count_uniq(F) u, sum_len(F) l | sort by"
                  + " (app)",
              "F:* | stats by (app) min(F) i, max(F) x, row_max(F, F) r | sort by (app)",
              "* | stats histogram(F) h",
              "* | math F * 2 + 1 as d | stats max(d) x",
              "* | sort by (F desc, _time) limit 9 | fields _time, F",
              "* | stats by (F:1000) count() n | sort by (F)",
              "size:le_field(F) | stats count() n",
              "row F:>40 | sort by (_time desc) limit 3")) {
        String text = query.replace("F", field);
        assertThat(Records.rows(segments, text))
            .as(text)
            .isEqualTo(Records.rows(memory, text))
            .isNotEmpty();
      }
    }
  }

  @Test
  void sums_areThoseOfText() throws IOException {
    // Rows come in another order, so the last digits of sums may differ.
    for (String field : List.of("size", "ratio", "mixed")) {
      String query =
          "* | stats sum(F) s, avg(F) a | math round(s, 0.001) as s, round(a, 0.001) as a"
              .replace("F", field);
      assertThat(Records.rows(segments, query))
          .as(query)
          .isEqualTo(Records.rows(memory, query))
          .isNotEmpty();
    }
  }
}
