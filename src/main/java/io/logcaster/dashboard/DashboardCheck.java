package io.logcaster.dashboard;

import static io.logcaster.system.ProblemException.invalidProperty;

import io.logcaster.dashboard.Dashboard.Panel;
import io.logcaster.dashboard.Dashboard.Variable;
import io.logcaster.query.lang.Parser;
import io.logcaster.query.lang.QuerySyntaxException;
import io.logcaster.system.ProblemException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checks the dashboards that clients send: each error names the property. */
final class DashboardCheck {

  static final int COLUMNS = 12;

  /** More panels would run more queries at once than a server has workers for. */
  static final int MAX_PANELS = 60;

  private static final int MAX_VARIABLES = 20;
  private static final int MAX_VALUES = 500;
  private static final int MAX_NAME = 200;
  private static final int MAX_VALUE = 1_000;
  private static final int MAX_DESCRIPTION = 2_000;
  private static final int MAX_TEXT = 20_000;
  private static final int MAX_ROWS = 1_000;
  private static final int MAX_HEIGHT = 40;

  private static final Pattern NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]{0,49}");
  private static final Pattern METRIC = Pattern.compile("[a-zA-Z_]+(\\.[a-zA-Z_]+)?");
  private static final Pattern DURATION = Pattern.compile("[1-9][0-9]{0,4}[smhd]");
  static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]*)}");

  private DashboardCheck() {}

  /**
   * A valid dashboard with its texts stripped.
   *
   * @throws ProblemException 400 that names the first wrong property
   */
  static Dashboard valid(Dashboard body) {
    List<Variable> variables = orEmpty(body.variables());
    List<Panel> panels = orEmpty(body.panels());
    atMost("description", body.description(), MAX_DESCRIPTION);
    atMost("range", body.range(), MAX_NAME);
    if (body.refresh() != null && !DURATION.matcher(body.refresh()).matches()) {
      throw invalidProperty("refresh", "must be a duration such as 30s or 5m");
    }
    if (variables.size() > MAX_VARIABLES) {
      throw invalidProperty("variables", "must not be more than " + MAX_VARIABLES);
    }
    if (panels.size() > MAX_PANELS) {
      throw invalidProperty("panels", "must not be more than " + MAX_PANELS);
    }
    Set<String> names = new HashSet<>();
    for (int i = 0; i < variables.size(); i++) {
      check("variables[" + i + "]", variables.get(i), names);
    }
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < panels.size(); i++) {
      check("panels[" + i + "]", panels.get(i), names, ids);
    }
    return new Dashboard(
        body.id(),
        body.version(),
        required("name", body.name(), MAX_NAME),
        body.description(),
        body.range(),
        body.refresh(),
        variables,
        panels,
        null);
  }

  private static <T> List<T> orEmpty(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }

  private static void check(String place, @Nullable Variable variable, Set<String> names) {
    if (variable == null) {
      throw invalidProperty(place, "is required");
    }
    String name = variable.name();
    if (name == null || !NAME.matcher(name).matches()) {
      throw invalidProperty(
          place + ".name",
          "must be at most 50 letters, digits and underscores, and no digit first");
    }
    if (!names.add(name)) {
      throw invalidProperty(place + ".name", "is used twice: " + name);
    }
    atMost(place + ".label", variable.label(), MAX_NAME);
    checkValues(place + ".values", orEmpty(variable.values()));
    checkValues(place + ".initial", orEmpty(variable.initial()));
    boolean fixed = variable.values() != null;
    if (fixed == (variable.field() != null)) {
      throw invalidProperty(place, "needs either 'values' or 'field'");
    }
    if (!fixed) {
      required(place + ".field", variable.field(), MAX_VALUE);
    }
    if (variable.query() != null) {
      // A list that depends on another variable would need an order between them.
      parse(place + ".query", variable.query(), Set.of());
    }
  }

  private static void checkValues(String place, List<String> values) {
    if (values.size() > MAX_VALUES) {
      throw invalidProperty(place, "must not be more than " + MAX_VALUES);
    }
    for (String value : values) {
      if (value == null || value.length() > MAX_VALUE) {
        throw invalidProperty(
            place, "must be strings of at most %,d characters".formatted(MAX_VALUE));
      }
    }
  }

  private static void check(
      String place, @Nullable Panel panel, Set<String> variables, Set<String> ids) {
    if (panel == null) {
      throw invalidProperty(place, "is required");
    }
    if (!ids.add(required(place + ".id", panel.id(), MAX_NAME))) {
      throw invalidProperty(place + ".id", "is used twice: " + panel.id());
    }
    atMost(place + ".title", panel.title(), MAX_NAME);
    if (panel.kind() == null) {
      throw invalidProperty(place + ".kind", "is required");
    }
    checkSource(place, panel, panel.kind(), variables);
    between(place + ".x", panel.x(), 0, COLUMNS - 1);
    between(place + ".y", panel.y(), 0, MAX_ROWS);
    int width = between(place + ".width", panel.width(), 1, COLUMNS);
    between(place + ".height", panel.height(), 1, MAX_HEIGHT);
    if (panel.x() != null && panel.x() + width > COLUMNS) {
      throw invalidProperty(place + ".width", "reaches beyond column " + COLUMNS);
    }
  }

  private static void checkSource(
      String place, Panel panel, PanelKind kind, Set<String> variables) {
    long sources =
        Stream.of(panel.query(), panel.series(), panel.metric(), panel.text())
            .filter((source) -> source != null)
            .count();
    if (sources != 1 || (kind == PanelKind.TEXT) != (panel.text() != null)) {
      throw invalidProperty(
          place,
          kind == PanelKind.TEXT
              ? "needs 'text' and no other source"
              : "needs exactly one of 'query', 'series' and 'metric'");
    }
    atMost(place + ".text", panel.text(), MAX_TEXT);
    atMost(place + ".series", panel.series(), MAX_NAME);
    if (panel.metric() != null
        && (panel.metric().length() > MAX_NAME || !METRIC.matcher(panel.metric()).matches())) {
      throw invalidProperty(
          place + ".metric", "must name a figure of GET /api/v1/metrics, such as rates.received");
    }
    if (panel.query() != null) {
      parse(place + ".query", panel.query(), variables);
    }
  }

  /** Parses a query in which any word stands for the variables. */
  private static void parse(String place, String query, Set<String> variables) {
    required(place, query, Parser.MAX_LENGTH);
    Matcher placeholders = PLACEHOLDER.matcher(query);
    while (placeholders.find()) {
      if (!variables.contains(placeholders.group(1))) {
        throw invalidProperty(
            place, "has '" + placeholders.group() + "', but no variable has this name");
      }
    }
    try {
      Parser.parse(PLACEHOLDER.matcher(query).replaceAll("x"));
    } catch (QuerySyntaxException ex) {
      throw invalidProperty(place, "is no query: " + ex.getMessage());
    }
  }

  private static int between(String place, @Nullable Integer value, int least, int most) {
    if (value == null || value < least || value > most) {
      throw invalidProperty(place, "must be a number from %,d to %,d".formatted(least, most));
    }
    return value;
  }

  private static void atMost(String place, @Nullable String value, int most) {
    if (value != null && value.length() > most) {
      throw invalidProperty(place, "must not have more than %,d characters".formatted(most));
    }
  }

  private static String required(String place, @Nullable String value, int most) {
    if (value == null || value.isBlank()) {
      throw invalidProperty(place, "is required");
    }
    atMost(place, value, most);
    return value.strip();
  }
}
