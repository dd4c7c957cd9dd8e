package io.logcaster.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks the server that a load generator sends to for its counters and records. */
final class BenchServer {

  /** If the counters stand still for this long, something is lost. */
  private static final long PATIENCE_NANOS = 30_000_000_000L;

  private final URI base;
  private final HttpClient client = HttpClient.newHttpClient();
  private final JsonMapper json = new JsonMapper();

  BenchServer(String host, int httpPort) {
    this(URI.create("http://" + host + ":" + httpPort));
  }

  BenchServer(URI base) {
    this.base = base;
  }

  /** Asks for a number that grows. */
  interface Counter {

    long now() throws IOException, InterruptedException;
  }

  /** All the records that this node and those that it asks find. */
  long records() throws IOException, InterruptedException {
    URI count = uri("/api/v1/query?query=" + encoded("* | stats count() records"));
    try {
      String row =
          client.send(HttpRequest.newBuilder(count).build(), BodyHandlers.ofString()).body();
      return json.readTree(row).path("records").asLong(0);
    } catch (ConnectException ex) {
      throw noAnswer(ex);
    } catch (JacksonException ex) {
      throw new IOException(base + " does not answer queries", ex);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** The records of an input that are stored, filtered, rejected or dropped. */
  long ended(String input) throws IOException, InterruptedException {
    return sum(input, "stored", "filtered", "rejected", "dropped");
  }

  long dropped(String input) throws IOException, InterruptedException {
    return sum(input, "dropped");
  }

  private long sum(String input, String... counters) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(uri("/api/v1/metrics")).build();
    String body;
    try {
      body = client.send(request, BodyHandlers.ofString()).body();
    } catch (ConnectException ex) {
      throw noAnswer(ex);
    }
    long sum = 0;
    for (JsonNode node : json.readTree(body).path("inputs")) {
      if (node.path("id").asString("").equals(input)) {
        for (String counter : counters) {
          sum += node.path(counter).asLong(0);
        }
      }
    }
    return sum;
  }

  /** Waits until a number has grown; fails when it stands still. */
  static void await(Counter counter, long wanted) throws IOException, InterruptedException {
    long last = -1;
    long lastChange = System.nanoTime();
    for (long now = counter.now(); now < wanted; now = counter.now()) {
      if (now != last) {
        last = now;
        lastChange = System.nanoTime();
      } else if (System.nanoTime() - lastChange > PATIENCE_NANOS) {
        throw new IOException(
            "The server has accounted for only "
                + now
                + " of "
                + wanted
                + " lines, and for no more in 30 s");
      }
      Thread.sleep(10);
    }
  }

  /**
   * Finds the lines with a mark.
   *
   * @param seen gets the numbers that were found
   * @return how many lines were found more than once
   */
  long find(String mark, BitSet seen) throws IOException, InterruptedException {
    long duplicates = 0;
    String query = "_msg:" + mark + " | fields _msg";
    HttpRequest request =
        HttpRequest.newBuilder(uri("/api/v1/query?query=" + encoded(query))).build();
    try (BufferedReader found =
        new BufferedReader(
            new InputStreamReader(
                client.send(request, BodyHandlers.ofInputStream()).body(),
                StandardCharsets.UTF_8))) {
      for (String line = found.readLine(); line != null; line = found.readLine()) {
        int number =
            Integer.parseInt(line.substring(line.lastIndexOf(" n") + 2, line.lastIndexOf('"')));
        duplicates += seen.get(number) ? 1 : 0;
        seen.set(number);
      }
    }
    return duplicates;
  }

  CommandFailure noAnswer(ConnectException cause) {
    return new CommandFailure(
        "no answer at " + uri("") + ": is the server running? --http-port or --count-at says where",
        cause);
  }

  private URI uri(String path) {
    String start = base.toString();
    return URI.create(
        start.endsWith("/") ? start.substring(0, start.length() - 1) + path : start + path);
  }
}
