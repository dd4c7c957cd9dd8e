package io.logcaster.query;

import io.logcaster.query.ast.ExactFilter;
import io.logcaster.query.ast.FieldPattern;
import io.logcaster.query.ast.Filter;
import io.logcaster.query.ast.ListFilter;
import io.logcaster.query.ast.PhraseFilter;
import io.logcaster.query.ast.Query;
import io.logcaster.query.ast.StreamFilter;
import io.logcaster.query.lang.Parser;
import io.logcaster.query.lang.QuerySyntaxException;
import io.logcaster.system.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the query of an HTTP request from its arguments: {@code query}, restricted by {@code
 * extra_filters} and {@code extra_stream_filters}, which also apply to its subqueries. These may be
 * given several times, as LogsQL or as a JSON object of fields, each with a required value or a
 * list of allowed values. {@code hidden_fields_filters}, such as {@code a,b*}, names fields that
 * the query cannot see.
 */
public final class HttpQueryReader {

  private static final JsonMapper JSON = new JsonMapper();

  private static final String HIDDEN = "hidden_fields_filters";

  private final HttpServletRequest request;

  private HttpQueryReader(HttpServletRequest request) {
    this.request = request;
  }

  /**
   * The query of a request with the filters that are added to it.
   *
   * @throws QuerySyntaxException if the query or a filter is not valid
   * @throws ProblemException 400 where an argument is missing or has not its form
   */
  public static ParsedQuery of(HttpServletRequest request) {
    return of(request, "query");
  }

  /** As {@link #of(HttpServletRequest)}, for a query in another argument. */
  static ParsedQuery of(HttpServletRequest request, String name) {
    return new HttpQueryReader(request).read(name);
  }

  /** As {@link #of(HttpServletRequest)}, with a pipe for each that is written. */
  static Query asWritten(HttpServletRequest request) {
    HttpQueryReader reader = new HttpQueryReader(request);
    return Parser.parseAsWritten(reader.text("query"), reader.extra(), reader.hidden());
  }

  /** The query for all records that the request may see. */
  static Query all(HttpServletRequest request) {
    HttpQueryReader reader = new HttpQueryReader(request);
    return Parser.parse("*", reader.extra(), reader.hidden());
  }

  private ParsedQuery read(String name) {
    String text = text(name);
    return new ParsedQuery(text, Parser.parse(text, extra(), hidden()));
  }

  private String text(String name) {
    String text = request.getParameter(name);
    if (text == null || text.isBlank()) {
      throw QueryArguments.problem(
          "missing_parameter",
          name,
          "Parameter '" + name + "' is required, such as " + name + "=error");
    }
    return text;
  }

  private List<Filter> extra() {
    List<Filter> filters = new ArrayList<>();
    filters.addAll(extra("extra_filters", false));
    filters.addAll(extra("extra_stream_filters", true));
    return filters;
  }

  private List<FieldPattern> hidden() {
    List<FieldPattern> hidden = new ArrayList<>();
    String[] values = request.getParameterValues(HIDDEN);
    for (String value : (values == null) ? new String[0] : values) {
      for (String name : names(value.strip())) {
        if (!name.isBlank()) {
          String text = name.strip();
          hidden.add(
              text.endsWith("*")
                  ? new FieldPattern(text.substring(0, text.length() - 1), true)
                  : new FieldPattern(text, false));
        }
      }
    }
    return hidden;
  }

  /** The names in a list with commas or in a JSON array. */
  private static List<String> names(String value) {
    if (!value.startsWith("[")) {
      return List.of(value.split(","));
    }
    return wanted(HIDDEN, Map.entry(HIDDEN, json(HIDDEN, value)));
  }

  private List<Filter> extra(String name, boolean stream) {
    List<Filter> filters = new ArrayList<>();
    String[] values = request.getParameterValues(name);
    for (String value : (values == null) ? new String[0] : values) {
      if (value.isBlank()) {
        continue;
      }
      if (!value.strip().matches("(?s)\\{\\s*(\".*|})")) {
        filters.add(logsql(name, value));
        continue;
      }
      for (Map.Entry<String, JsonNode> field : json(name, value).properties()) {
        List<String> wanted = wanted(name, field);
        filters.add(
            stream ? streamFilter(field.getKey(), wanted) : fieldFilter(field.getKey(), wanted));
      }
    }
    return filters;
  }

  private static Filter logsql(String name, String value) {
    Query tree = Parser.parse(value);
    if (!tree.pipes().isEmpty()) {
      throw problem(name, value, "a filter without pipes");
    }
    return tree.filter();
  }

  private static JsonNode json(String name, String value) {
    try {
      return JSON.readTree(value);
    } catch (JacksonException ex) {
      throw problem(name, value, "LogsQL or a JSON object such as {\"app\":\"shop\"}");
    }
  }

  private static List<String> wanted(String name, Map.Entry<String, JsonNode> field) {
    JsonNode value = field.getValue();
    List<String> wanted = new ArrayList<>();
    for (JsonNode item : value.isArray() ? value : List.of(value)) {
      if (!item.isString()) {
        throw problem(
            name,
            item.toString(),
            "a string or a list of strings as the value of '" + field.getKey() + "'");
      }
      wanted.add(item.stringValue());
    }
    return wanted;
  }

  private static ProblemException problem(String name, String value, String expected) {
    return QueryArguments.problem(
        "invalid_parameter",
        name,
        "Parameter '" + name + "' has '" + value + "', but must be " + expected);
  }

  private static Filter streamFilter(String name, List<String> values) {
    return new StreamFilter(
        values.stream()
            .map(
                (value) ->
                    List.of(new StreamFilter.Matcher(name, StreamFilter.Operator.EQUAL, value)))
            .toList());
  }

  private static Filter fieldFilter(String name, List<String> values) {
    if (values.size() == 1) {
      return values.getFirst().isEmpty()
          ? new PhraseFilter(name, "")
          : new ExactFilter(name, values.getFirst());
    }
    return new ListFilter(name, ListFilter.Operator.IN, values, null);
  }
}
