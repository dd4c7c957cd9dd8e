package io.logcaster.query;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.logcaster.query.ast.FacetsPipe;
import io.logcaster.query.ast.FieldNamesPipe;
import io.logcaster.query.ast.FilterPipe;
import io.logcaster.query.ast.Pipe;
import io.logcaster.query.ast.Query;
import io.logcaster.query.ast.StreamFilter;
import io.logcaster.query.ast.SubstringFilter;
import io.logcaster.query.ast.TopPipe;
import io.logcaster.query.lang.Parser;
import io.logcaster.query.lang.QuerySyntaxException;
import io.logcaster.record.Field;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/**
 * What the records that a query selects are made of: fields, values and streams with the number of
 * records that have them. Its pipes count unless the request says {@code ignore_pipes}, which suits
 * a page beside the records that a query looks at.
 */
@RestController
@RequestMapping(
    path = {"/api/v1", "/select/logsql"},
    method = {RequestMethod.GET, RequestMethod.POST})
class FieldsController {

  private final HttpQueries queries;

  private final Clock clock;

  FieldsController(HttpQueries queries, Clock clock) {
    this.queries = queries;
    this.clock = clock;
  }

  /** A value and the number of records that have it. */
  record ValueHits(String value, long hits) {}

  /** A value of a facet. */
  record FacetValue(@JsonProperty("field_value") String fieldValue, long hits) {}

  /** A field with its most frequent values. */
  record Facet(@JsonProperty("field_name") String fieldName, List<FacetValue> values) {}

  record Facets(List<Facet> facets) {}

  /** Values, the most frequent first. */
  record Values(List<ValueHits> values) {}

  @Operation(summary = "The most frequent values of every field")
  @RequestMapping("/facets")
  Facets facets(HttpServletRequest request) throws IOException {
    QueryArguments arguments = new QueryArguments(request, clock);
    FacetsPipe pipe =
        new FacetsPipe(
            arguments.number("limit", FacetsPipe.DEFAULT_LIMIT),
            arguments.number("max_values_per_field", FacetsPipe.DEFAULT_MAX_VALUES),
            arguments.number("max_value_len", FacetsPipe.DEFAULT_MAX_LENGTH),
            arguments.flag("keep_const_fields"));
    Map<String, List<FacetValue>> facets = new LinkedHashMap<>();
    for (Map<String, String> row : run(request, arguments, pipe)) {
      facets
          .computeIfAbsent(row.getOrDefault("field_name", ""), (name) -> new ArrayList<>())
          .add(new FacetValue(row.getOrDefault("field_value", ""), hits(row)));
    }
    List<Facet> answer = new ArrayList<>();
    facets.forEach((name, values) -> answer.add(new Facet(name, values)));
    return new Facets(answer);
  }

  private List<Map<String, String>> run(
      HttpServletRequest request, QueryArguments arguments, Pipe pipe) throws IOException {
    return queries.rows(request, arguments, arguments.tree().with(pipe), arguments.range());
  }

  /** The text that names or values have to contain. */
  private static String filter(QueryArguments arguments) {
    String filter = arguments.text("filter");
    return (filter == null) ? "" : filter;
  }

  private static long hits(Map<String, String> row) {
    return Long.parseLong(row.getOrDefault("hits", "0"));
  }

  @Operation(summary = "The names of the fields")
  @RequestMapping("/field_names")
  Values fieldNames(HttpServletRequest request) throws IOException {
    QueryArguments arguments = new QueryArguments(request, clock);
    List<ValueHits> values = new ArrayList<>();
    for (Map<String, String> row :
        run(request, arguments, new FieldNamesPipe(filter(arguments), "name"))) {
      values.add(new ValueHits(row.getOrDefault("name", ""), hits(row)));
    }
    return answer(values, 0);
  }

  @Operation(summary = "The values of a field")
  @RequestMapping("/field_values")
  Values fieldValues(HttpServletRequest request) throws IOException {
    QueryArguments arguments = new QueryArguments(request, clock);
    return values(request, arguments, arguments.required("field"), filter(arguments));
  }

  @Operation(summary = "The streams")
  @RequestMapping("/streams")
  Values streams(HttpServletRequest request) throws IOException {
    return values(request, new QueryArguments(request, clock), Field.STREAM, "");
  }

  @Operation(summary = "The identities of the streams")
  @RequestMapping("/stream_ids")
  Values streamIds(HttpServletRequest request) throws IOException {
    return values(request, new QueryArguments(request, clock), Field.STREAM_ID, "");
  }

  private Values values(
      HttpServletRequest request, QueryArguments arguments, String field, String filter)
      throws IOException {
    // One value more than asked for, because the empty one is left out.
    long limit = arguments.number("limit", 0);
    TopPipe pipe =
        new TopPipe(
            (limit > 0 && limit < Long.MAX_VALUE) ? limit + 1 : Long.MAX_VALUE,
            List.of(field),
            "\u0000hits",
            null);
    List<ValueHits> values = new ArrayList<>();
    Query query = arguments.tree();
    if (!filter.isEmpty()) {
      query = query.with(new FilterPipe(new SubstringFilter(field, filter)));
    }
    for (Map<String, String> row :
        queries.rows(request, arguments, query.with(pipe), arguments.range())) {
      String value = row.getOrDefault(field, "");
      if (!value.isEmpty()) {
        values.add(new ValueHits(value, Long.parseLong(row.getOrDefault("\u0000hits", "0"))));
      }
    }
    return answer(values, limit);
  }

  private static Values answer(List<ValueHits> values, long limit) {
    values.sort(
        Comparator.comparingLong(ValueHits::hits).reversed().thenComparing(ValueHits::value));
    return new Values((limit > 0) ? values.stream().limit(limit).toList() : values);
  }

  @Operation(summary = "The names of the stream fields")
  @RequestMapping("/stream_field_names")
  Values streamFieldNames(HttpServletRequest request) throws IOException {
    Map<String, Long> names = new HashMap<>();
    QueryArguments arguments = new QueryArguments(request, clock);
    streamFields(request, arguments, (name, value, hits) -> names.merge(name, hits, Long::sum));
    return answer(names, arguments);
  }

  @Operation(summary = "The values of a stream field")
  @RequestMapping("/stream_field_values")
  Values streamFieldValues(HttpServletRequest request) throws IOException {
    Map<String, Long> values = new HashMap<>();
    QueryArguments arguments = new QueryArguments(request, clock);
    String field = arguments.required("field");
    streamFields(
        request,
        arguments,
        (name, value, hits) -> {
          if (name.equals(field)) {
            values.merge(value, hits, Long::sum);
          }
        });
    return answer(values, arguments);
  }

  private static Values answer(Map<String, Long> counts, QueryArguments arguments) {
    List<ValueHits> values = new ArrayList<>();
    String filter = filter(arguments);
    counts.forEach(
        (value, hits) -> {
          if (value.contains(filter)) {
            values.add(new ValueHits(value, hits));
          }
        });
    return answer(values, arguments.number("limit", 0));
  }

  /** Takes a field of a stream. */
  @FunctionalInterface
  private interface StreamFieldVisitor {

    void visit(String name, String value, long hits);
  }

  private void streamFields(
      HttpServletRequest request, QueryArguments arguments, StreamFieldVisitor visitor)
      throws IOException {
    TopPipe pipe = new TopPipe(Integer.MAX_VALUE, List.of(Field.STREAM), "hits", null);
    for (Map<String, String> row : run(request, arguments, pipe)) {
      for (StreamFilter.Matcher field : fields(row.getOrDefault(Field.STREAM, "{}"))) {
        visitor.visit(field.name(), field.value(), hits(row));
      }
    }
  }

  /** The fields of a stream, whose text is spelled like a stream filter. */
  private static List<StreamFilter.Matcher> fields(String stream) {
    try {
      return (Parser.parse(stream).filter() instanceof StreamFilter filter)
          ? filter.alternatives().stream().flatMap(List::stream).toList()
          : List.of();
    } catch (QuerySyntaxException ex) {
      return List.of();
    }
  }
}
