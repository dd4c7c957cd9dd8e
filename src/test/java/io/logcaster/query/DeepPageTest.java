package io.logcaster.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logcaster.query.exec.budget.QueryAbortedException;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.RecordBatchBuilder;
import io.logcaster.record.Timestamps;
import io.logcaster.storage.InMemoryLogStorage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeepPageTest {

  private static final int RECORDS = 60_000;

  /** Has less memory than the rows up to a deep page take. */
  private static final QueryEngine ENGINE =
      new QueryEngine(
          filled(),
          Records.CLOCK,
          new QueryLimits(6 << 20, Duration.ofMinutes(1), 1, 1, 2, 1_000_000));

  private static InMemoryLogStorage filled() {
    RecordBatchBuilder builder = RecordBatch.builder(List.of());
    int number = builder.column("n");
    for (int i = 0; i < RECORDS; i++) {
      // Most of them in one millisecond, the others over two weeks.
      long time = (i < 40_000) ? i * 25L : i * (Timestamps.DAY / 3_000);
      builder.time(Records.START - 30 * Timestamps.DAY + time);
      builder.value(number, Integer.toString(i));
      builder.end();
    }
    InMemoryLogStorage storage = new InMemoryLogStorage(Long.MAX_VALUE);
    storage.append(builder.build()).join();
    return storage;
  }

  private static List<String> page(String text, QueryRange range, long offset) throws IOException {
    ParsedQuery query = ENGINE.parse(text);
    DeepPage page =
        DeepPage.find(
            query,
            range,
            offset,
            (counts, part) ->
                ENGINE.rows(new ParsedQuery(counts.canonical(), counts), part.start(), part.end()));
    assertThat(page.offset()).isLessThanOrEqualTo(DeepPage.DEEP);
    List<String> numbers = new ArrayList<>();
    ParsedQuery newest =
        new ParsedQuery(text, QueryController.newest(query.tree(), 3, page.offset()));
    for (Map<String, String> row : ENGINE.rows(newest, page.range().start(), page.range().end())) {
      numbers.add(row.get("n"));
    }
    return numbers;
  }

  @ParameterizedTest
  @CsvSource({"10001", "19999", "20000", "20001", "35000", "49999", "59997"})
  void rowsFarBehind_areFoundWithLittleMemory(int offset) throws IOException {
    int newest = RECORDS - 1 - offset;
    List<String> expected = List.of("" + newest, "" + (newest - 1), "" + (newest - 2));
    assertThat(page("*", QueryRange.ALL, offset)).isEqualTo(expected);
    assertThat(page("* | filter n:* | fields n, _time", QueryRange.ALL, offset))
        .isEqualTo(expected);
  }

  @Test
  void rangesAndFilters_countTheirOwnRows() throws IOException {
    long end = Records.START - 30 * Timestamps.DAY + 30_000 * 25L;
    assertThat(page("*", new QueryRange(Long.MIN_VALUE, end), 15_000))
        .containsExactly("15000", "14999", "14998");
    assertThat(page("n:range[0, 25000)", QueryRange.ALL, 12_345))
        .containsExactly("12654", "12653", "12652");
  }

  @Test
  void sortOfAllThoseRows_needsMoreMemory_andNamesTheRemedy() {
    ParsedQuery sort = ENGINE.parse("* | sort by (_time desc) offset 35000 limit 3");
    assertThatThrownBy(() -> ENGINE.rows(sort, Long.MIN_VALUE, Long.MAX_VALUE))
        .isInstanceOf(QueryAbortedException.class)
        .hasMessageContaining("instead of a large offset");
  }

  @Test
  void pageBehindTheLastRow_isEmpty() throws IOException {
    assertThat(page("*", QueryRange.ALL, 60_000)).isEmpty();
    assertThat(page("*", QueryRange.ALL, 59_999)).containsExactly("0");
  }
}
