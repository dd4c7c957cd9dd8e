package io.logcaster.alert.condition;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.alert.query.AlertQuery;
import io.logcaster.alert.query.StatsQuery;
import io.logcaster.alert.rule.ControlDb;
import io.logcaster.alert.rule.Rules;
import io.logcaster.query.QueryEngine;
import io.logcaster.query.Records;
import io.logcaster.template.TemplateBirth;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each kind of rule judges real records with the real query engine. */
class ConditionsTest {

  private static final Instant START = Instant.parse("2026-03-04T00:00:00Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final ControlDb db = new ControlDb();
  private final Records records = new Records();
  private final List<TemplateBirth> births = new ArrayList<>();

  @AfterEach
  void close() {
    db.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          > | 10 |      |     | 0  | 11 | 50 | critical | 11 > 10 over 1m
          > | 10 |      |     | 0  | 10 | 50 |          | 10 is not > 10 over 1m
          > | 10 | 5    |     | 0  | 11 | 50 | critical | 11 > 10 over 1m
          > | 10 | 5    |     | 0  | 6  | 50 | warning  | 6 > 5 over 1m
          > | 10 | 5    |     | 0  | 5  | 50 |          | 5 is not > 5 over 1m
          > | 10 |      | 4   | 0  | 5  | 50 | keeps    | 5 > 4 over 1m, the threshold for recovery
          > | 10 |      | 4   | 0  | 4  | 50 |          | 4 is not > 4 over 1m
          < | 2  | 3    | 5   | 0  | 1  | 50 | critical | 1 < 2 over 1m
          < | 2  | 3    | 5   | 0  | 2  | 50 | warning  | 2 < 3 over 1m
          < | 2  | 3    | 5   | 0  | 4  | 50 | keeps    | 4 < 5 over 1m, the threshold for recovery
          > | 10 |      |     | 60 | 11 | 50 |          | 50 records are fewer than 60 over 1m
          > | 10 |      |     | 50 | 11 | 50 | critical | 11 > 10 over 1m
          """)
  void levels_judgeAValue(
      String comparison,
      double threshold,
      Double warn,
      Double recover,
      long minRecords,
      double value,
      long count,
      String outcome,
      String reason) {
    AlertLevels levels =
        new AlertLevels(
            Comparison.of(comparison).orElseThrow(), threshold, warn, recover, minRecords);

    GroupVerdict verdict = levels.judge(Map.of(), value, count, "critical", () -> "over 1m");

    String found = verdict.keeps() ? "keeps" : verdict.severity();
    assertThat(found).isEqualTo(outcome);
    assertThat(verdict.reason()).isEqualTo(reason);
  }

  @Test
  void threshold_withMinRecords_countsTheRecordsOfTheGroup() throws IOException {
    add(0, "shop", 3, Map.of("took", "9"));
    add(0, "bank", 1, Map.of("took", "9"));
    AlertLevels levels = new AlertLevels(Comparison.GREATER, 5, null, null, 2);
    AlertRule rule =
        Rules.of("r", "* | stats by (app) avg(took) value", new ThresholdCondition(levels));

    assertThat(holding(rule, 60)).containsExactly("shop 9 > 5 over 1m");
  }

  @Test
  void ratio_dividesTheGroups_andKnowsThoseWithoutErrors() throws IOException {
    add(0, "shop", 45, Map.of("level", "INFO"));
    add(0, "shop", 5, Map.of("level", "ERROR"));
    add(0, "bank", 50, Map.of("level", "INFO"));
    add(0, "tiny", 1, Map.of("level", "ERROR"));
    AlertLevels levels = new AlertLevels(Comparison.GREATER_OR_EQUAL, 0.1, null, null, 10);
    AlertRule rule =
        Rules.of(
            "r",
            "level:=ERROR | stats by (app) count() value",
            new RatioCondition("* | stats by (app) count() value", levels));

    assertThat(holding(rule, 60)).containsExactly("shop 0.1 >= 0.1 over 1m (5 of 50)");
    assertThat(judge(rule, 60).all()).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          previous   | > | 3 | 0 | 60     | shop 12 > 9 over 1m: the window before was 3, factor 3
          yesterday  | > | 3 | 0 | 86400  | shop 12 > 9 over 1m: the same window yesterday was 3, factor 3
          last-week  | > | 3 | 0 | 604800 | shop 12 > 9 over 1m: the same window last week was 3, factor 3
          previous   | > | 4 | 0 | 60     |
          previous   | > | 3 | 20| 60     |
          previous   | > | 3 | 0 | 86400  |
          """)
  void change_comparesWithAnEarlierWindow(
      String method, String comparison, double factor, double floor, long ago, String expected)
      throws IOException {
    long end = 800_000;
    add(end - 30 - ago, "shop", 3, Map.of());
    add(end - 30, "shop", 12, Map.of());
    AlertRule rule = change(method, comparison, factor, floor);

    assertThat(holding(rule, end)).isEqualTo(expected == null ? List.of() : List.of(expected));
  }

  @Test
  void change_downwards_missesAGroupThatVanished() throws IOException {
    add(30, "shop", 12, Map.of());
    add(90, "bank", 1, Map.of());
    AlertRule rule = change("previous", "<", 3, null);

    assertThat(holding(rule, 120))
        .containsExactly("shop 0 < 4 over 1m: the window before was 12, factor 3");
  }

  @Test
  void change_fromTheMedian_statesMedianDeviationAndFactor() throws IOException {
    int[] counts = {3, 2, 4, 3, 2, 3, 4, 3, 5, 3, 2, 3};
    for (int i = 0; i < counts.length; i++) {
      add(i * 60L, "shop", counts[i], Map.of());
    }
    add(counts.length * 60L, "shop", 12, Map.of());
    AlertRule rule = change("median-mad", ">", 3, null);

    assertThat(holding(rule, 13 * 60))
        .containsExactly("shop 12 > 6 over 1m: median 3, MAD 1, factor 3, of 12 windows");
  }

  @Test
  void change_withTooLittlePast_doesNotHold() throws IOException {
    add(600, "shop", 1, Map.of());
    add(660, "shop", 1, Map.of());
    add(720, "shop", 1_000, Map.of());
    AlertRule rule = change("median-mad", ">", 3, null);

    GroupVerdict verdict = judge(rule, 780).all().getFirst();
    assertThat(verdict.holds()).isFalse();
    assertThat(verdict.reason()).isEqualTo("not enough past to compare with");
  }

  @Test
  void absence_firesForGroupsThatVanishedAndForExpectedOnes_untilTheySend() throws IOException {
    add(0, "shop", 1, Map.of());
    add(0, "bank", 1, Map.of());
    add(100, "bank", 1, Map.of());
    add(1_000, "shop", 1, Map.of());
    AlertRule rule =
        Rules.of(
            "r",
            "* | stats by (app) count() value",
            new AbsenceCondition(List.of(Map.of("app", "never")), null));
    Judge judge = rule.condition().judge(rule, tools());

    assertThat(holding(judge, 60)).containsExactly("never no records for 1m, never seen");
    assertThat(holding(judge, 120))
        .containsExactly(
            "never no records for 1m, never seen",
            "shop no records for 1m, the last one about 2026-03-04T00:00:00Z");
    assertThat(holding(judge, 900)).hasSize(3);
    // After a restart the groups are still known.
    assertThat(holding(rule.condition().judge(rule, tools()), 1_030))
        .extracting((text) -> text.substring(0, 5))
        .containsExactly("bank ", "never");
  }

  @Test
  void absence_withForgetAfter_forgetsTheGroupThen() throws IOException {
    add(0, "shop", 1, Map.of());
    AlertRule rule =
        Rules.of(
            "r",
            "* | stats by (app) count() value",
            new AbsenceCondition(List.of(), Duration.ofMinutes(10)));
    Judge judge = rule.condition().judge(rule, tools());

    assertThat(holding(judge, 60)).isEmpty();
    assertThat(holding(judge, 600)).hasSize(1);
    assertThat(judge.judge(START.plusSeconds(700)).all()).isEmpty();
    assertThat(db.knownGroups().of("r", rule.query())).isEmpty();
  }

  @Test
  void absence_withLateRecordsOfAnUnknownGroup_missesItOneWindowLater() throws IOException {
    add(299, "bank", 1, Map.of());
    AlertRule rule =
        Rules.of("r", "* | stats by (app) count() value", new AbsenceCondition(List.of(), null));
    Judge judge = rule.condition().judge(rule, tools());
    assertThat(holding(judge, 300)).isEmpty();

    // As if it were stored only now.
    add(-4_000, "shop", 1, Map.of());
    judge = rule.condition().judge(rule, tools());
    Judge.Verdicts present = judge.judge(START.plusSeconds(301));
    assertThat(judge.late(present, START.minusSeconds(3_999), START.plusSeconds(301)))
        .isSameAs(present);
    assertThat(db.knownGroups().of("r", rule.query()))
        .extracting((group) -> group.labels().get("app"))
        .containsExactlyInAnyOrder("bank", "shop");
    judge.late(present, START.minusSeconds(3_999), START.plusSeconds(340));
    assertThat(holding(judge, 359)).isEmpty();
    assertThat(holding(judge, 361))
        .containsExactly(
            "bank no records for 1m, the last one about 2026-03-04T00:04:59Z",
            "shop no records for 1m, the last one about 2026-03-03T22:53:20Z");
  }

  @Test
  void absence_withLateRecordsOfASilentGroup_goesOnMissingIt() throws IOException {
    add(0, "shop", 1, Map.of());
    add(100, "shop", 1, Map.of());
    AlertRule rule =
        Rules.of("r", "* | stats by (app) count() value", new AbsenceCondition(List.of(), null));
    Judge judge = rule.condition().judge(rule, tools());
    assertThat(holding(judge, 60)).isEmpty();
    judge.late(judge.judge(START.plusSeconds(300)), START.plusSeconds(101), START.plusSeconds(300));
    assertThat(holding(judge, 300))
        .containsExactly("shop no records for 1m, the last one about 2026-03-04T00:01:40Z");
  }

  @Test
  void absence_withoutGroups_expectsTheOnlyOne() throws IOException {
    AlertRule rule =
        Rules.of("r", "app:=shop | stats count() value", new AbsenceCondition(List.of(), null));
    assertThat(holding(rule, 60)).containsExactly("null no records for 1m, never seen");
    add(90, "shop", 1, Map.of());
    assertThat(holding(rule, 120)).isEmpty();
  }

  @Test
  void absence_shortlyAfterAStart_isNotJudged() throws IOException {
    AlertRule rule =
        Rules.of("r", "app:=shop | stats count() value", new AbsenceCondition(List.of(), null));
    RuleTools tools =
        new RuleTools(compiler(), Rules.NO_BIRTHS, db.knownGroups(), START.plusSeconds(50));
    GroupVerdict verdict =
        rule.condition().judge(rule, tools).judge(START.plusSeconds(109)).all().getFirst();
    assertThat(verdict.holds()).isFalse();
    assertThat(verdict.keeps()).isTrue();
  }

  @Test
  void newTemplate_atOrAboveALevel_sinceAMark_isAnAlertOfItsOwn() throws IOException {
    birth("0000000000000001", 10, "ERROR", "shop");
    birth("0000000000000002", 30, "WARN", "shop");
    birth("0000000000000003", 31, "INFO", "shop");
    birth("0000000000000004", 32, "FATAL", "bank");
    AlertRule rule = Rules.of("r", "app:=shop", new NewTemplateCondition("WARN", null));
    AlertRule marked = Rules.of("r", "app:=shop", new NewTemplateCondition("WARN", "last"));

    assertThat(judge(rule, 60).all())
        .extracting((v) -> v.labels().get("template").substring(15) + " " + v.reason())
        .containsExactly("1 new message: order <*> failed", "2 new message: order <*> failed");
    assertThat(judge(marked, 60).all()).hasSize(1);
    assertThat(judge(rule, 95).all()).isEmpty();
  }

  private AlertRule change(String method, String comparison, double factor, Double floor) {
    RuleErrors errors = new RuleErrors();
    ConditionBody body =
        new ConditionBody(
            comparison,
            floor == null || floor == 0 ? null : floor,
            null,
            null,
            null,
            null,
            null,
            new ConditionBody.BaselineBody(method, factor, null),
            null,
            null,
            null);
    ChangeCondition condition = ChangeCondition.read(body, MINUTE, errors);
    errors.throwAny();
    return Rules.of("r", "* | stats by (app) count() value", condition);
  }

  private void add(long second, String app, int count, Map<String, String> fields) {
    for (int i = 0; i < count; i++) {
      Map<String, String> row = new java.util.HashMap<>(fields);
      row.put("_time", START.plusSeconds(second).toString());
      row.put("_msg", "order " + i);
      row.put("app", app);
      records.add(row);
    }
  }

  private void birth(String id, long second, String level, String app) {
    Instant time = START.plusSeconds(second);
    births.add(
        new TemplateBirth(
            id, "order <*> failed", time, time, level, "web-1", app, Map.of(), "order 1 failed"));
  }

  private Judge.Verdicts judge(AlertRule rule, long second) throws IOException {
    return rule.condition().judge(rule, tools()).judge(START.plusSeconds(second));
  }

  private List<String> holding(AlertRule rule, long second) throws IOException {
    return holding(rule.condition().judge(rule, tools()), second);
  }

  private static List<String> holding(Judge judge, long second) throws IOException {
    return judge.judge(START.plusSeconds(second)).all().stream()
        .filter(GroupVerdict::holds)
        .map((verdict) -> verdict.labels().get("app") + " " + verdict.reason())
        .sorted()
        .toList();
  }

  private AlertQuery.Compiler compiler() {
    QueryEngine engine = records.engine();
    return (text) -> StatsQuery.compile(engine, text);
  }

  private RuleTools tools() {
    QueryEngine engine = records.engine();
    TemplateNews news = new TemplateNews(engine, () -> null, () -> null);
    NewTemplates known =
        new NewTemplates() {
          @Override
          public List<TemplateBirth> between(Instant start, Instant end) {
            return births.stream()
                .filter((b) -> !b.learned().isBefore(start) && b.learned().isBefore(end))
                .toList();
          }

          @Override
          public Optional<Instant> mark(String mark, Instant until) {
            return Optional.of(START.plusSeconds(20));
          }

          @Override
          public void onBirth(Runnable listener) {}

          @Override
          public BirthFilter filter(String query) {
            return news.filter(query);
          }
        };
    return new RuleTools(compiler(), known, db.knownGroups(), START.minusSeconds(3_600));
  }
}
