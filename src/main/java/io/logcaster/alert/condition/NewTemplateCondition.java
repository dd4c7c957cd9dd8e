package io.logcaster.alert.condition;

import io.logcaster.alert.RuleKind;
import io.logcaster.record.Severity;
import io.logcaster.template.TemplateBirth;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Kind {@code new-template}: a message whose template was never seen before. The rule's query is a
 * filter of the first record. The alert fires for the rule's window after the birth.
 *
 * @param level the lowest level that counts; null for all, also for records without one
 * @param sinceMark only births after this mark count: its id, or {@code last}; null for all
 */
public record NewTemplateCondition(@Nullable String level, @Nullable String sinceMark)
    implements Condition {

  /** The label with a template's id. */
  public static final String TEMPLATE = "template";

  /** Maximum number of characters of a template in an explanation. */
  private static final int MAX_SHOWN = 300;

  static NewTemplateCondition read(ConditionBody body, RuleErrors errors) {
    String level = body.level() == null ? null : body.level().toUpperCase(Locale.ROOT);
    if (level != null && !Severity.NAMES.contains(level)) {
      errors.add("level", "must be one of " + String.join(" ", Severity.NAMES));
    }
    String mark = body.sinceMark();
    if (mark != null && !mark.equals("last") && !mark.matches("[0-9]{1,18}")) {
      errors.add("sinceMark", "must be the id of a mark, or 'last'");
    }
    return new NewTemplateCondition(level, mark);
  }

  @Override
  public RuleKind kind() {
    return RuleKind.NEW_TEMPLATE;
  }

  @Override
  public ConditionBody body() {
    return new ConditionBody(
        null, null, null, null, null, null, null, null, null, level, sinceMark);
  }

  @Override
  public Judge judge(AlertRule rule, RuleTools tools) {
    NewTemplates births = tools.births();
    NewTemplates.BirthFilter filter = births.filter(rule.query());
    return new Judge() {
      @Override
      public Verdicts judge(Instant end) {
        Instant start = start(rule, births, end);
        return new Verdicts(verdicts(rule, filter, births.between(start, end)));
      }

      @Override
      public boolean countsLate() {
        return false; // a birth counts when it is found
      }

      // Records that come late can give a birth another host, and templates become one.
      @Override
      public Object identity(Map<String, String> labels) {
        String id = labels.get(TEMPLATE);
        return id == null ? labels : births.current(id);
      }
    };
  }

  private Instant start(AlertRule rule, NewTemplates births, Instant end) {
    Instant start = end.minus(rule.window());
    if (sinceMark == null) {
      return start;
    }
    return births.mark(sinceMark, end).filter((mark) -> mark.isAfter(start)).orElse(start);
  }

  private List<GroupVerdict> verdicts(
      AlertRule rule, NewTemplates.BirthFilter filter, List<TemplateBirth> births) {
    List<GroupVerdict> verdicts = new ArrayList<>();
    for (TemplateBirth birth : births) {
      if (matches(birth, filter) && verdicts.size() < MAX_GROUPS) {
        verdicts.add(
            GroupVerdict.holds(labels(birth), rule.severity(), 1, null, () -> explain(birth)));
      }
    }
    return verdicts;
  }

  public boolean matches(TemplateBirth birth, NewTemplates.BirthFilter filter) {
    return (level == null || Severity.parse(birth.level()) >= Severity.parse(level))
        && filter.matches(birth);
  }

  public static Map<String, String> labels(TemplateBirth birth) {
    Map<String, String> labels = new TreeMap<>();
    labels.put(TEMPLATE, birth.id());
    put(labels, "app", birth.app());
    put(labels, "host", birth.host());
    put(labels, "level", birth.level());
    return labels;
  }

  private static void put(Map<String, String> labels, String name, String value) {
    if (!value.isEmpty()) {
      labels.put(name, value);
    }
  }

  public static String explain(TemplateBirth birth) {
    String text = birth.template();
    return "new message: "
        + (text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "…" : text);
  }
}
