package io.logcaster.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs queries over HTTP and measures them. */
final class QueryTimer implements AutoCloseable {

  /** Fewer say nothing about how frequent words are. */
  private static final int LEAST_MESSAGES = 2_000;

  /** The status of an answer to a query that needs more memory than it may use. */
  private static final int TOO_MUCH = 422;

  private static final JsonMapper JSON = new JsonMapper();

  private final ServerOptions server;
  private final HttpCalls calls;

  QueryTimer(ServerOptions server) {
    this.server = server;
    this.calls = new HttpCalls(server);
  }

  @Override
  public void close() {
    calls.close();
  }

  /**
   * What running a query gave.
   *
   * @param first milliseconds of the first run
   * @param warm the median of the later ones
   * @param answer the rows, each with its fields in order of their names, in an order of their own
   */
  record Timing(double first, double warm, List<String> answer) {

    /** The value where the answer is one number, else how many rows there are. */
    String summary() {
      if (answer.size() == 1 && answer.getFirst().matches("\\{n=[0-9]+}")) {
        return answer.getFirst().replaceAll("[^0-9]", "");
      }
      return answer.size() + " rows";
    }
  }

  Timing time(BenchQuery query, int runs) throws IOException, InterruptedException {
    double[] millis = new double[Math.max(2, runs)];
    List<String> answer = List.of();
    for (int i = 0; i < millis.length; i++) {
      long start = System.nanoTime();
      List<String> rows = rows(query.text());
      millis[i] = (System.nanoTime() - start) / 1e6;
      answer = rows;
    }
    double[] later = Arrays.copyOfRange(millis, 1, millis.length);
    Arrays.sort(later);
    return new Timing(
        millis[0],
        later[later.length / 2],
        answer.stream().map(QueryTimer::fields).sorted().toList());
  }

  /** Messages of the newest records; fewer of them from a server with little memory. */
  List<String> messages(int count) throws IOException, InterruptedException {
    try {
      return newest(count);
    } catch (CommandFailure ex) {
      boolean tooMuch =
          ex.getCause() instanceof HttpCalls.Refused refused && refused.status() == TOO_MUCH;
      if (count < LEAST_MESSAGES || !tooMuch) {
        throw ex;
      }
      return messages(count / 4);
    }
  }

  private List<String> newest(int count) throws IOException, InterruptedException {
    List<String> messages = new ArrayList<>();
    for (String row : rows("* | sort by (_time desc) limit " + count + " | fields _msg")) {
      messages.add(JSON.readTree(row).path("_msg").asString(""));
    }
    if (messages.isEmpty()) {
      throw new CommandFailure(server.uri("") + ": there are no records to pick words from");
    }
    return messages;
  }

  private static String fields(String row) {
    TreeMap<String, String> fields = new TreeMap<>();
    for (var field : JSON.readTree(row).properties()) {
      fields.put(field.getKey(), text(field.getValue()));
    }
    return fields.toString();
  }

  private static String text(JsonNode value) {
    return value.isString() ? value.asString() : value.toString();
  }

  private List<String> rows(String query) throws IOException, InterruptedException {
    List<String> rows = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                calls.post("/select/logsql/query", Map.of("query", query), "*/*"),
                StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isEmpty()) {
          rows.add(line);
        }
      }
      return rows;
    } catch (HttpCalls.Refused ex) {
      throw new CommandFailure(server.uri("") + " refuses " + query + ": " + ex.getMessage(), ex);
    }
  }
}
