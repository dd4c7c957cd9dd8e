package io.logcaster.alert.rule;

import io.logcaster.alert.AlertFeed;
import io.logcaster.alert.AlertListener;
import io.logcaster.alert.Alerts;
import io.logcaster.alert.condition.KnownGroups;
import io.logcaster.alert.condition.NewTemplates;
import io.logcaster.alert.condition.RuleTools;
import io.logcaster.alert.condition.TemplateNews;
import io.logcaster.alert.live.LateRecords;
import io.logcaster.alert.live.LiveRules;
import io.logcaster.alert.query.AlertQuery;
import io.logcaster.alert.query.SeriesQuery;
import io.logcaster.alert.query.StatsQuery;
import io.logcaster.cluster.Lease;
import io.logcaster.cluster.Roles;
import io.logcaster.nodes.Nodes;
import io.logcaster.query.QueryEngine;
import io.logcaster.series.KeptSeries;
import io.logcaster.storage.LogStorage;
import io.logcaster.template.Marks;
import io.logcaster.template.TemplateBirths;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class AlertConfiguration {

  /** A file of one server needs no lease; a database may have several servers. */
  @Bean
  Lease alertLease(JdbcClient jdbc, Environment environment, Clock clock) {
    return environment.getProperty("logcaster.control.url", "").isBlank()
        ? Lease.alone()
        : new Lease(jdbc, "alerts", UUID.randomUUID().toString(), clock);
  }

  @Bean
  AlertFeed alertFeed(List<AlertListener> listeners) {
    return new AlertFeed(listeners);
  }

  @Bean
  Alerts alerts(
      RuleEvaluator evaluator, AlertStore store, QueryEngine engine, NewTemplates births) {
    return new CurrentAlerts(evaluator, store, engine, births);
  }

  @Bean
  AlertQuery.Compiler alertQueries(QueryEngine engine, KeptSeries series) {
    return (text) ->
        SeriesQuery.isSeries(text)
            ? SeriesQuery.compile(series, text)
            : StatsQuery.compile(engine, text);
  }

  @Bean
  LateRecords lateRecords(Clock clock) {
    return new LateRecords(clock);
  }

  @Bean
  NewTemplates newTemplates(
      QueryEngine engine, ObjectProvider<TemplateBirths> births, ObjectProvider<Marks> marks) {
    return new TemplateNews(engine, births::getIfAvailable, marks::getIfAvailable);
  }

  @Bean
  LiveRules liveRules(
      QueryEngine engine, LogStorage storage, Nodes nodes, Roles roles, Clock clock) {
    boolean seesAll = nodes.list().isEmpty() && !storage.isShared() && roles.stores();
    return new LiveRules(engine::filter, () -> storage.stats().maxTime(), clock, seesAll);
  }

  @Bean
  RuleTools ruleTools(
      AlertQuery.Compiler compiler, NewTemplates births, KnownGroups known, Clock clock) {
    return new RuleTools(compiler, births, known, clock.instant());
  }

  @Bean
  RuleEvaluator ruleEvaluator(
      RuleStore rules,
      AlertStore alerts,
      RuleTools tools,
      LateRecords late,
      LiveRules live,
      AlertFeed feed,
      AlertProperties properties,
      Lease lease,
      Clock clock) {
    // Evaluations mostly wait for the disk; the evaluator limits their number.
    ThreadFactory threads = Thread.ofVirtual().name("alert-", 0).factory();
    return new RuleEvaluator(
        rules,
        alerts,
        tools,
        late,
        live,
        feed,
        (task) -> threads.newThread(task).start(),
        properties.parallelism(),
        lease,
        clock);
  }

  @Bean
  RuleValidator ruleValidator(RuleTools tools) {
    return new RuleValidator(tools);
  }

  @Bean
  AlertSchedule alertSchedule(
      RuleEvaluator evaluator,
      LiveRules live,
      NewTemplates births,
      KeptSeries series,
      AlertStore store,
      AlertFeed feed,
      AlertProperties properties,
      Roles roles,
      Lease lease,
      Clock clock) {
    RelayedChanges others = new RelayedChanges(store, feed);
    return new AlertSchedule(
        evaluator, live, births, series, store, properties, roles, lease, others, clock);
  }
}
