package io.logcaster.alert.condition;

import io.logcaster.alert.RuleKind;
import io.logcaster.alert.query.AlertQuery;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a rule watches for: one class per kind, which validates, judges and explains itself. */
public sealed interface Condition
    permits ThresholdCondition,
        AbsenceCondition,
        ChangeCondition,
        NewTemplateCondition,
        RatioCondition {

  /**
   * A query with more groups than this is most likely grouped by the wrong field; that many alerts
   * would be useless and fill the memory.
   */
  int MAX_GROUPS = 1_000;

  RuleKind kind();

  /** Its properties in the API and in the control database. */
  ConditionBody body();

  /**
   * Compiles the rule's queries.
   *
   * @throws io.logcaster.system.ProblemException 400 if a query is invalid or not fit for the kind
   */
  Judge judge(AlertRule rule, RuleTools tools);

  /**
   * How many records of the rule's query a group must have in the window for the condition to hold;
   * 0 if it may hold without any, so that the store has to be asked each time.
   *
   * @param query the rule's query
   */
  default long leastRecords(AlertQuery query) {
    return 0;
  }

  /**
   * Reads the properties of a kind.
   *
   * @param window the rule's window
   * @param severity the rule's severity
   * @param errors receives what is wrong
   * @return null if something is wrong
   */
  static @Nullable Condition read(
      RuleKind kind, ConditionBody body, Duration window, String severity, RuleErrors errors) {
    body.refuseOthers(kind, errors);
    return switch (kind) {
      case THRESHOLD -> ThresholdCondition.read(body, severity, errors);
      case ABSENCE -> AbsenceCondition.read(body, errors);
      case CHANGE -> ChangeCondition.read(body, window, errors);
      case NEW_TEMPLATE -> NewTemplateCondition.read(body, errors);
      case RATIO -> RatioCondition.read(body, severity, errors);
    };
  }
}
