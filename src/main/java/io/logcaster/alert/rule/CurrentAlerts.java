package io.logcaster.alert.rule;

import io.logcaster.alert.ActiveAlert;
import io.logcaster.alert.AlertChange;
import io.logcaster.alert.Alerts;
import io.logcaster.alert.RuleInfo;
import io.logcaster.alert.condition.AlertRule;
import io.logcaster.alert.condition.NewTemplateCondition;
import io.logcaster.alert.condition.NewTemplates;
import io.logcaster.alert.state.Alert;
import io.logcaster.alert.state.AlertIds;
import io.logcaster.query.QueryEngine;
import io.logcaster.query.ast.AllFilter;
import io.logcaster.query.ast.AndFilter;
import io.logcaster.query.ast.Bucket;
import io.logcaster.query.ast.ExactFilter;
import io.logcaster.query.ast.Filter;
import io.logcaster.query.ast.FilterPipe;
import io.logcaster.query.ast.PatternPipe;
import io.logcaster.query.ast.Pipe;
import io.logcaster.query.ast.Query;
import io.logcaster.query.ast.StatsPipe;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The view of rules and alerts for other parts of the server. Thread-safe. */
final class CurrentAlerts implements Alerts {

  /** The field that the pipe {@code pattern} fills. */
  private static final String PATTERN = "_pattern";

  private final RuleEvaluator evaluator;
  private final AlertStore store;
  private final QueryEngine engine;
  private final NewTemplates births;

  CurrentAlerts(
      RuleEvaluator evaluator, AlertStore store, QueryEngine engine, NewTemplates births) {
    this.evaluator = evaluator;
    this.store = store;
    this.engine = engine;
    this.births = births;
  }

  @Override
  public Optional<RuleInfo> rule(String id) {
    return evaluator.rule(id).map(CurrentAlerts::info);
  }

  @Override
  public List<RuleInfo> rules() {
    return evaluator.rules().stream().map(CurrentAlerts::info).toList();
  }

  private static RuleInfo info(AlertRule rule) {
    return new RuleInfo(
        rule.id(),
        rule.name(),
        rule.condition().kind(),
        rule.query(),
        rule.window(),
        rule.severity(),
        rule.enabled());
  }

  @Override
  public List<ActiveAlert> active() {
    return evaluator.active().stream()
        .map(
            (raised) -> {
              AlertRule rule = raised.rule();
              Alert alert = raised.alert();
              return new ActiveAlert(
                  AlertIds.of(rule.id(), alert.labels()),
                  rule.id(),
                  rule.name(),
                  rule.condition().kind(),
                  alert.severity(),
                  alert.labels(),
                  alert.state(),
                  alert.value(),
                  alert.threshold(),
                  alert.reason(),
                  alert.since(),
                  alert.startedAt());
            })
        .toList();
  }

  @Override
  public List<AlertChange> changesAfter(long sequence, int limit) {
    return store.after(sequence, limit);
  }

  @Override
  public long lastSequence() {
    return store.lastSequence();
  }

  @Override
  public Optional<RecordSearch> records(String id, Map<String, String> labels, Instant time) {
    return evaluator
        .rule(id)
        .map(
            (rule) ->
                new RecordSearch(recordQuery(rule, labels, time), time.minus(rule.window()), time));
  }

  private String recordQuery(AlertRule rule, Map<String, String> labels, Instant time) {
    Query query = engine.parse(rule.query()).tree();
    if (!(rule.condition() instanceof NewTemplateCondition)) {
      return recordQuery(query, labels);
    }
    List<Filter> filters = new ArrayList<>();
    filters.add(query.filter());
    labels.forEach(
        (name, value) -> {
          if (!name.equals(NewTemplateCondition.TEMPLATE)) {
            filters.add(new ExactFilter(name, value));
          }
        });
    Query narrowed = new Query(query.options(), and(filters), List.of());
    String id = labels.getOrDefault(NewTemplateCondition.TEMPLATE, "");
    return births.between(time.minus(rule.window()), time.plusSeconds(1)).stream()
        .filter((birth) -> birth.id().equals(id))
        .findFirst()
        .map(
            (birth) ->
                narrowed
                    .with(new PatternPipe(PATTERN))
                    .with(new FilterPipe(new ExactFilter(PATTERN, birth.template()))))
        .orElse(narrowed)
        .canonical();
  }

  /** The query up to its first stats pipe, with a filter for each label that is a field. */
  static String recordQuery(Query query, Map<String, String> labels) {
    List<Pipe> pipes = new ArrayList<>();
    List<Filter> filters = new ArrayList<>();
    for (Pipe pipe : query.pipes()) {
      if (pipe instanceof StatsPipe stats) {
        for (Bucket bucket : stats.by()) {
          String value = labels.get(bucket.field());
          if (value != null && bucket.step().isEmpty()) {
            filters.add(new ExactFilter(bucket.field(), value));
          }
        }
        break;
      }
      pipes.add(pipe);
    }
    Filter filter = query.filter();
    if (!filters.isEmpty() && pipes.isEmpty()) {
      if (!(filter instanceof AllFilter)) {
        filters.addFirst(filter);
      }
      filter = and(filters);
    } else if (!filters.isEmpty()) {
      pipes.add(new FilterPipe(and(filters)));
    }
    return new Query(query.options(), filter, pipes).canonical();
  }

  private static Filter and(List<Filter> filters) {
    return filters.size() == 1 ? filters.getFirst() : new AndFilter(filters);
  }

  @Override
  public boolean isOnDuty() {
    return evaluator.isOnDuty();
  }

  @Override
  public boolean isShared() {
    return evaluator.isShared();
  }

  @Override
  public void verifyDuty() {
    evaluator.verifyDuty();
  }
}
