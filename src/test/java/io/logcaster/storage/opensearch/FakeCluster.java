package io.logcaster.storage.opensearch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The part of a server's interface that the storage uses, as strict as Elasticsearch 8 and 9 about
 * paths and media types, or as OpenSearch. It finds all documents whatever is asked, ordered by
 * number: the storage tests them once more. Tests let requests or documents fail.
 */
final class FakeCluster implements AutoCloseable {

  /** Decides about a request before it is carried out. */
  interface Fault {

    /** The status and the body of the answer; null to carry the request out. */
    @Nullable Answer of(String method, String path, String authorization);
  }

  record Answer(int status, String body) {}

  /** Decides about a document: the status and the type of its error; null to store it. */
  interface Refusal {

    @Nullable Answer of(JsonNode document);
  }

  private static final JsonMapper JSON = new JsonMapper();

  private static final Pattern RANGE = Pattern.compile("\"gte\":(\\d+),\"lte\":(\\d+)");

  private final boolean isElasticsearch;
  private final String version;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<Long, ObjectNode> documents = new TreeMap<>();
  private final Map<String, String> others = new ConcurrentHashMap<>();
  private final List<String> pointsInTime = new ArrayList<>();
  final ConcurrentLinkedQueue<String> complaints = new ConcurrentLinkedQueue<>();

  /** How many bulk requests are carried out without an answer. */
  final AtomicInteger lostAnswers = new AtomicInteger();

  volatile Fault fault = (method, path, authorization) -> null;
  volatile Refusal refusal = (document) -> null;

  /**
   * Starts it.
   *
   * @param tls for HTTPS; null for HTTP
   */
  FakeCluster(boolean isElasticsearch, String version, @Nullable SSLContext tls)
      throws IOException {
    this.isElasticsearch = isElasticsearch;
    this.version = version;
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    if (tls == null) {
      server = HttpServer.create(any, 0);
    } else {
      HttpsServer secure = HttpsServer.create(any, 0);
      secure.setHttpsConfigurator(new HttpsConfigurator(tls));
      server = secure;
    }
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
  }

  OpenSearchOptions options() {
    String scheme = (server instanceof HttpsServer) ? "https" : "http";
    return OpenSearchOptions.of(
            URI.create(scheme + "://localhost:" + server.getAddress().getPort()))
        .withReplicas(0);
  }

  /** The messages of the stored documents. */
  synchronized List<String> messages() {
    return documents.values().stream()
        .map((document) -> document.path("message").asString(""))
        .toList();
  }

  synchronized List<String> openPointsInTime() {
    return List.copyOf(pointsInTime);
  }

  private void serve(HttpExchange exchange) throws IOException {
    String method = exchange.getRequestMethod();
    String path = exchange.getRequestURI().getPath();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Answer answer;
    try {
      answer = fault.of(method, path, header(exchange, "Authorization"));
      answer = (answer != null) ? answer : mediaTypes(exchange, path);
      answer = (answer != null) ? answer : answer(method, path, body);
    } catch (RuntimeException ex) {
      answer = new Answer(500, "{\"error\":\"" + ex + "\"}");
    }
    if (answer.status() == 400 || answer.status() == 405 || answer.status() == 500) {
      complaints.add(method + " " + path + ": " + answer.body());
    }
    if (path.equals("/logcaster-records/_bulk") && lostAnswers.getAndDecrement() > 0) {
      exchange.close();
      return;
    }
    byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    if (isElasticsearch) {
      exchange.getResponseHeaders().set("X-Elastic-Product", "Elasticsearch");
    }
    exchange.sendResponseHeaders(answer.status(), bytes.length);
    try (exchange) {
      exchange.getResponseBody().write(bytes);
    }
  }

  private static String header(HttpExchange exchange, String name) {
    String value = exchange.getRequestHeaders().getFirst(name);
    return (value == null) ? "" : value;
  }

  /** Both headers name the same compatible version, or neither does. */
  private @Nullable Answer mediaTypes(HttpExchange exchange, String path) {
    String content = header(exchange, "Content-Type");
    String accept = header(exchange, "Accept");
    String version8 = "compatible-with=8";
    boolean isSame = content.contains(version8) == accept.contains(version8);
    boolean isPlain = !content.contains("vnd.elasticsearch");
    boolean isWanted = isElasticsearch && !path.equals("/");
    return (isSame && isPlain != isWanted)
        ? null
        : new Answer(
            400,
            "{\"error\":{\"type\":\"media_type_header_exception\",\"reason\":\"%s, %s\"}}"
                .formatted(content, accept));
  }

  private synchronized Answer answer(String method, String path, String body) {
    String pit =
        isElasticsearch ? "/logcaster-records/_pit" : "/logcaster-records/_search/point_in_time";
    String name = method + " " + path;
    if (name.equals("POST " + pit)) {
      pointsInTime.add("pit-" + pointsInTime.size());
      return ok(
          "{\"%s\":\"%s\"}".formatted(isElasticsearch ? "id" : "pit_id", pointsInTime.getLast()));
    }
    if (method.equals("DELETE") && (path.equals("/_pit") || path.endsWith("point_in_time"))) {
      JsonNode id =
          isElasticsearch
              ? JSON.readTree(body).path("id")
              : JSON.readTree(body).path("pit_id").path(0);
      return pointsInTime.remove(id.asString("")) ? ok("{}") : new Answer(400, body);
    }
    return switch (name) {
      case "GET /" ->
          ok(
              "{\"version\":{%s\"number\":\"%s\"}}"
                  .formatted(isElasticsearch ? "" : "\"distribution\":\"opensearch\",", version));
      case "POST /logcaster-records/_bulk" -> ok(bulk(body));
      case "POST /logcaster-marks/_bulk" -> ok(marks(body));
      case "POST /_search" -> search(body, true);
      case "POST /logcaster-records/_search" -> search(body, false);
      case "GET /logcaster-records/_count" -> ok("{\"count\":" + documents.size() + "}");
      case "POST /logcaster-records/_count" -> ok("{\"count\":0}");
      case "POST /logcaster-marks/_search" -> ok("{\"hits\":{\"hits\":[]}}");
      case "POST /logcaster-records/_delete_by_query" -> ok(delete(body));
      case "GET /_nodes/stats/fs", "GET /logcaster-records/_stats/store" -> ok("{}");
      default -> plain(method, path, body);
    };
  }

  private static Answer ok(String body) {
    return new Answer(200, body);
  }

  private Answer plain(String method, String path, String body) {
    if (path.endsWith("/_refresh")
        || path.startsWith("/_index_template/")
        || path.startsWith("/_data_stream/")
        || path.equals("/logcaster-marks")) {
      return ok("{}");
    }
    if (path.startsWith("/logcaster-marks/_doc/")) {
      if (method.equals("PUT")) {
        others.put(path, body);
        return ok("{\"_seq_no\":1,\"_primary_term\":1}");
      }
      String found = others.get(path);
      return (found == null)
          ? new Answer(404, "{\"found\":false}")
          : ok("{\"found\":true,\"_seq_no\":1,\"_primary_term\":1,\"_source\":" + found + "}");
    }
    return new Answer(405, "{\"error\":\"Incorrect HTTP method for uri [" + path + "]\"}");
  }

  private String bulk(String body) {
    List<String> lines = body.lines().toList();
    ArrayNode items = JSON.createArrayNode();
    boolean errors = false;
    for (int i = 0; i < lines.size(); i += 2) {
      ObjectNode document = (ObjectNode) JSON.readTree(lines.get(i + 1));
      Answer refused = refusal.of(document);
      ObjectNode result = JSON.createObjectNode();
      if (refused != null) {
        errors = true;
        result.put("status", refused.status());
        result.putObject("error").put("type", refused.body()).put("reason", "a test");
      } else {
        boolean isNew = documents.putIfAbsent(document.path("n").asLong(), document) == null;
        errors |= !isNew;
        result.put("status", isNew ? 201 : 409);
      }
      items.addObject().set("create", result);
    }
    return "{\"errors\":" + errors + ",\"items\":" + items + "}";
  }

  private String marks(String body) {
    StringBuilder items = new StringBuilder();
    body.lines()
        .filter((line) -> line.startsWith("{\"index\""))
        .forEach(
            (line) ->
                items
                    .append(items.isEmpty() ? "" : ",")
                    .append("{\"index\":{\"status\":201,\"_seq_no\":1,\"_primary_term\":1}}"));
    return "{\"errors\":false,\"items\":[" + items + "]}";
  }

  private String delete(String body) {
    Matcher range = RANGE.matcher(body);
    if (!range.find()) {
      throw new IllegalArgumentException(body);
    }
    int before = documents.size();
    documents
        .keySet()
        .removeIf(
            (n) -> n >= Long.parseLong(range.group(1)) && n <= Long.parseLong(range.group(2)));
    return "{\"deleted\":" + (before - documents.size()) + "}";
  }

  private Answer search(String body, boolean inPointInTime) {
    JsonNode request = JSON.readTree(body);
    if (inPointInTime != request.has("pit")
        || (inPointInTime && !pointsInTime.contains(request.path("pit").path("id").asString("")))) {
      return new Answer(400, "{\"error\":\"no point in time\"}");
    }
    JsonNode after = request.path("search_after");
    long from = after.isEmpty() ? -1 : after.path(after.size() - 1).asLong();
    ArrayNode hits = JSON.createArrayNode();
    documents.forEach(
        (n, document) -> {
          if (n > from && hits.size() < request.path("size").asInt()) {
            hits.addObject().put("_index", "x").set("_source", document);
          }
        });
    return ok("{\"timed_out\":false,\"hits\":{\"hits\":" + hits + "}}");
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
