package io.logcaster.query.peer;

import io.logcaster.query.ast.FieldPattern;
import io.logcaster.query.ast.Query;
import io.logcaster.query.exec.Peers;
import io.logcaster.query.lang.Parser;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request to a node: a part of a query as JSON.
 *
 * @param version the version of the request and of the {@link AnswerStream}
 * @param query the canonical text
 * @param hidden the fields that the query cannot see
 * @param minTime the earliest time of records, in nanoseconds since the epoch
 * @param maxTime the latest time
 * @param now the moment from which relative times count
 * @param present the time by the clock of the server that asks
 * @param subqueries the values of the queries within the query, by their canonical text
 * @param columns the fields to answer with; absent for all
 * @param state whether to answer with the state of the last pipe instead of rows
 */
public record PartialQuery(
    int version,
    String query,
    List<FieldPattern> hidden,
    long minTime,
    long maxTime,
    long now,
    long present,
    Map<String, List<String>> subqueries,
    @Nullable List<String> columns,
    boolean state) {

  /** Changes with every change of meaning; nodes of different versions do not ask each other. */
  public static final int VERSION = 1;

  static PartialQuery of(Peers.Question question) {
    return new PartialQuery(
        VERSION,
        question.query().canonical(),
        question.query().options().hidden(),
        question.minTime(),
        question.maxTime(),
        question.now(),
        question.present(),
        question.subqueries(),
        (question.columns() == null) ? null : List.copyOf(question.columns()),
        question.state());
  }

  /**
   * What is asked.
   *
   * @throws io.logcaster.query.lang.QuerySyntaxException if the query is not valid here
   */
  public Peers.Question question() {
    Query tree = Parser.parse(query, List.of(), hidden);
    return new Peers.Question(
        tree,
        minTime,
        maxTime,
        now,
        present,
        subqueries,
        (columns == null) ? null : new HashSet<>(columns),
        state);
  }
}
