package io.logcaster.alert.condition;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.alert.query.StatsQuery;
import io.logcaster.alert.rule.ControlDb;
import io.logcaster.alert.rule.Rules;
import io.logcaster.query.QueryEngine;
import io.logcaster.query.Records;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When arriving records make a query of the store unnecessary. */
class ArrivalsTest {

  private static final Instant END = Instant.ofEpochSecond(0, Records.START).plusSeconds(30);

  private final ControlDb db = new ControlDb();
  private final QueryEngine engine =
      new Records().add(Map.of("app", "shop")).add(Map.of("app", "bank")).engine();

  @AfterEach
  void close() {
    db.close();
  }

  /** Groups by the value of {@code app}, with the number of their records in the range of both. */
  private static final class Counted implements Arrivals {

    private final Map<Long, long[]> groups = new HashMap<>();

    Counted group(String app, long least, long most) {
      groups.put(key(Map.of("app", app)), new long[] {least, most});
      return this;
    }

    @Override
    public long most() {
      return groups.values().stream().mapToLong((range) -> range[1]).max().orElse(0);
    }

    @Override
    public boolean anyGroup(GroupCheck test) {
      return groups.entrySet().stream()
          .anyMatch((group) -> test.test(group.getKey(), group.getValue()[0], group.getValue()[1]));
    }

    @Override
    public long key(Map<String, String> labels) {
      return labels.getOrDefault("app", "").hashCode();
    }

    @Override
    public long least(long key) {
      return groups.getOrDefault(key, new long[] {0, 0})[0];
    }
  }

  @ParameterizedTest
  @CsvSource({
    "<, 10, 12, 15, false",
    "<, 10, 9, 15, true",
    "<=, 10, 10, 15, true",
    "==, 10, 12, 15, false",
    "==, 10, 9, 15, true",
    "==, 0, 1, 3, false",
    "!=, 10, 10, 10, false",
    "!=, 10, 10, 11, true",
    ">, 10, 3, 10, false",
    ">, 10, 3, 11, true",
    ">=, 10, 3, 10, true",
  })
  void threshold_ofACount_mayHold_onlyWithinTheLimits(
      String comparison, double threshold, long least, long most, boolean holds) {
    AlertLevels levels =
        new AlertLevels(Comparison.of(comparison).orElseThrow(), threshold, null, null, 0);
    AlertRule rule = Rules.of("r", "* | stats count() value", new ThresholdCondition(levels));
    Judge judge = rule.condition().judge(rule, tools());
    assertThat(judge.mayHold(new Counted().group("", least, most), END)).isEqualTo(holds);
  }

  @Test
  void threshold_ofAnotherValue_mayHoldAlways() {
    AlertLevels levels = new AlertLevels(Comparison.LESS, 10, null, null, 0);
    AlertRule rule = Rules.of("r", "* | stats sum(size) value", new ThresholdCondition(levels));
    Judge judge = rule.condition().judge(rule, tools());
    assertThat(judge.mayHold(new Counted().group("", 100, 100), END)).isTrue();
  }

  @Test
  void absence_mayHold_unlessEachKnownGroupSendsAndNoOther() throws IOException {
    AlertRule rule =
        Rules.of("r", "* | stats by (app) count() value", new AbsenceCondition(List.of(), null));
    Judge judge = rule.condition().judge(rule, tools());
    Counted both = new Counted().group("shop", 3, 3).group("bank", 1, 2);
    assertThat(judge.mayHold(both, END)).isTrue(); // no group is known yet
    judge.judge(END);
    assertThat(judge.mayHold(both, END.plusSeconds(5))).isFalse();
    assertThat(judge.mayHold(new Counted().group("shop", 3, 3).group("bank", 0, 2), END)).isTrue();
    assertThat(judge.mayHold(new Counted().group("shop", 3, 3), END)).isTrue();
    assertThat(judge.mayHold(both.group("cart", 1, 1), END)).isTrue();
    // What the database has of a group is brought up to date by an evaluation.
    both.groups.remove(both.key(Map.of("app", "cart")));
    assertThat(judge.mayHold(both, END.plus(Duration.ofMinutes(11)))).isTrue();
  }

  private RuleTools tools() {
    return new RuleTools(
        (text) -> StatsQuery.compile(engine, text),
        Rules.NO_BIRTHS,
        db.knownGroups(),
        END.minusSeconds(3_600));
  }
}
