package io.logcaster.alert.condition;

import io.logcaster.alert.AlertDurations;
import io.logcaster.alert.RuleKind;
import io.logcaster.alert.query.AlertQuery;
import io.logcaster.alert.query.GroupValue;
import io.logcaster.alert.query.SeriesQuery;
import io.logcaster.alert.query.Unreached;
import io.logcaster.system.ProblemException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Kind {@code ratio}: the value of one stats query divided by that of another passes a number, such
 * as the share of errors. The quotient of two counts is a fraction: 5 % is {@code 0.05}.
 *
 * @param totalQuery the query whose value is the divisor; has the same by-fields as the rule's
 *     query
 * @param levels the numbers; their {@code minRecords} applies to the divisor
 */
public record RatioCondition(String totalQuery, AlertLevels levels) implements Condition {

  static @Nullable RatioCondition read(ConditionBody body, String severity, RuleErrors errors) {
    String total = body.totalQuery();
    if (total == null || total.isBlank()) {
      errors.add(
          "totalQuery",
          "is required: the query of all records, for example '* | stats by (app) count() value'");
    }
    AlertLevels levels = AlertLevels.read(body, severity, errors);
    return levels == null || total == null ? null : new RatioCondition(total.strip(), levels);
  }

  @Override
  public RuleKind kind() {
    return RuleKind.RATIO;
  }

  @Override
  public ConditionBody body() {
    return levels.body(totalQuery);
  }

  @Override
  public long leastRecords(AlertQuery query) {
    return Math.min(1, levels.leastRecords(false));
  }

  /** Compiles the query of the divisor. */
  public AlertQuery compileTotal(AlertQuery.Compiler compiler, AlertQuery part) {
    AlertQuery total;
    try {
      total = compiler.compile(totalQuery);
    } catch (ProblemException ex) {
      throw ex.with("property", "totalQuery");
    }
    if (!Set.copyOf(total.groupFields()).equals(Set.copyOf(part.groupFields()))) {
      throw new ProblemException(
              HttpStatus.BAD_REQUEST,
              "queries_group_differently",
              "Both queries of a ratio must group by the same fields, but 'query' groups by %s and"
                      .formatted(part.groupFields())
                  + " 'totalQuery' by %s.".formatted(total.groupFields()))
          .with("property", "totalQuery");
    }
    return levels.minRecords() > 0 ? total.countingRecords() : total;
  }

  @Override
  public Judge judge(AlertRule rule, RuleTools tools) {
    AlertQuery part = tools.compiler().compile(rule.query());
    if (SeriesQuery.isSeries(rule.query()) || SeriesQuery.isSeries(totalQuery)) {
      throw ProblemException.invalidProperty(
          "kind",
          "must be threshold, change or absence for a series; keep the quotient itself as a series,"
              + " with the pipe math");
    }
    AlertQuery total = compileTotal(tools.compiler(), part);
    return (end) -> judge(rule, part, total, end);
  }

  private Judge.Verdicts judge(AlertRule rule, AlertQuery part, AlertQuery total, Instant end)
      throws IOException {
    Instant start = end.minus(rule.window());
    Unreached away = new Unreached();
    List<GroupValue> divisors = total.ask(start, end, away);
    List<GroupValue> dividends = part.ask(start, end, away);
    if (!away.isEmpty()) {
      return Judge.Verdicts.certain(List.of(), away);
    }
    Map<Map<String, String>, GroupValue> parts = new HashMap<>();
    dividends.forEach((value) -> parts.put(value.labels(), value));
    List<GroupVerdict> verdicts = new ArrayList<>();
    for (GroupValue divisor : divisors) {
      GroupValue found = parts.get(divisor.labels());
      double dividend = found == null ? (part.growsWithRecords() ? 0 : Double.NaN) : found.value();
      verdicts.add(judge(rule, divisor.labels(), dividend, divisor.value(), divisor.records()));
    }
    String trouble = GroupValue.trouble(divisors);
    return new Judge.Verdicts(verdicts, trouble == null ? GroupValue.trouble(dividends) : trouble);
  }

  /** Judges a quotient. */
  public GroupVerdict judge(
      AlertRule rule, Map<String, String> labels, double part, double total, long records) {
    double value = total == 0 ? Double.NaN : part / total;
    return levels.judge(
        labels,
        value,
        records,
        rule.severity(),
        () ->
            "over %s (%s of %s)"
                .formatted(
                    AlertDurations.print(rule.window()),
                    ReasonNumbers.print(part),
                    ReasonNumbers.print(total)));
  }
}
