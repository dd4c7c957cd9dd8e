package io.logcaster.tail;

import io.logcaster.nodes.Nodes;
import io.logcaster.nodes.Nodes.Node;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

/**
 * The live tails of the other nodes. A tail that ends is asked for again, so that a node may
 * restart; while a node is away, the reader is told once. Nodes drop records, and report the gap,
 * where a reader is slower than they are.
 */
final class RemoteTails {

  /** Where nodes send the tail of their own records. */
  static final String PATH = "/api/v1/node/tail";

  private static final JsonMapper JSON = new JsonMapper();

  private static final int CONFLICT = 409;

  /** A node sends a heartbeat at least every third of this time, unless it is set to send fewer. */
  private static final int PATIENCE = 3;

  private final Nodes nodes;

  private final Duration pause;

  /** Reading blocks, so each tail has a thread of its own. */
  private final Scheduler threads =
      Schedulers.fromExecutorService(
          Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("node-tail-", 0).factory()));

  /**
   * @param pause the time before a tail that ended is asked for again
   */
  RemoteTails(Nodes nodes, Duration pause) {
    this.nodes = nodes;
    this.pause = pause;
  }

  /**
   * An event of a node's tail.
   *
   * @param name {@code records}, {@code gap} or {@code missing}; empty for a heartbeat
   * @param data its JSON on one line
   */
  record Event(String name, String data) {

    static final Event BEAT = new Event("", "");
  }

  boolean isEmpty() {
    return nodes.list().isEmpty();
  }

  /**
   * The events of all nodes.
   *
   * @param form the arguments of the request as a form
   */
  Flux<Event> events(String form) {
    Set<String> known = ConcurrentHashMap.newKeySet();
    known.add(nodes.id());
    List<Flux<Event>> tails = new ArrayList<>();
    nodes.list().forEach((node) -> tails.add(events(node, form, known)));
    return Flux.merge(tails).filter((event) -> !event.name().isEmpty());
  }

  private Flux<Event> events(Node node, String form, Set<String> known) {
    AtomicBoolean told = new AtomicBoolean();
    AtomicBoolean twin = new AtomicBoolean();
    return Flux.<Event, Reading>using(
            () -> new Reading(node, form, known, told, twin),
            (reading) -> Flux.generate(reading::next),
            Reading::close)
        .subscribeOn(threads)
        .timeout(nodes.timeout().multipliedBy(PATIENCE))
        .onErrorResume((ex) -> told.getAndSet(true) ? Flux.empty() : Flux.just(missing(node, ex)))
        .repeatWhen((ends) -> ends.takeWhile((count) -> !twin.get()).delayElements(pause));
  }

  private static Event missing(Node node, Throwable cause) {
    String reason =
        switch (cause) {
          case TimeoutException _, HttpTimeoutException _ -> "it sent nothing for too long";
          case ConnectException _ -> "it cannot be reached";
          default -> String.valueOf(cause.getMessage());
        };
    return new Event(
        "missing", JSON.writeValueAsString(Map.of("node", node.name(), "reason", reason)));
  }

  /** One connection to a node, which the first reading opens. */
  private final class Reading {

    private final Node node;

    private final String form;

    private final Set<String> known;

    private final AtomicBoolean told;

    private final AtomicBoolean twin;

    private String id = "";

    private @Nullable BufferedReader lines;

    private volatile @Nullable InputStream body;

    private volatile boolean closed;

    Reading(Node node, String form, Set<String> known, AtomicBoolean told, AtomicBoolean twin) {
      this.node = node;
      this.form = form;
      this.known = known;
      this.told = told;
      this.twin = twin;
    }

    /** Returns false if this is a node that is read already. */
    private boolean connect() throws IOException, InterruptedException {
      HttpResponse<InputStream> answer =
          nodes
              .client()
              .send(
                  nodes
                      .request(node, PATH)
                      .header("Content-Type", "application/x-www-form-urlencoded")
                      .header("Accept", "text/event-stream")
                      .POST(BodyPublishers.ofString(form))
                      .build(),
                  BodyHandlers.ofInputStream());
      body = answer.body();
      if (closed) {
        answer.body().close();
      }
      String named = answer.headers().firstValue(Nodes.CALLER).orElse("");
      if (answer.statusCode() == CONFLICT || (!named.isEmpty() && !known.add(named))) {
        twin.set(true);
        return false;
      }
      id = named;
      if (answer.statusCode() != 200) {
        throw new IOException("it answers " + answer.statusCode());
      }
      told.set(false);
      lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
      return true;
    }

    /** Reads the next event; ends with the connection. */
    void next(SynchronousSink<Event> sink) {
      try {
        if (lines == null && !connect()) {
          sink.complete();
          return;
        }
        Event event = read();
        if (event != null) {
          sink.next(event);
        } else {
          failed(sink, new IOException("it ended the connection"));
        }
      } catch (IOException ex) {
        failed(sink, ex);
      } catch (InterruptedException ex) {
        Thread.currentThread().interrupt();
        failed(sink, ex);
      }
    }

    /** Whoever closed this no longer wants to know why it ended. */
    private void failed(SynchronousSink<Event> sink, Exception cause) {
      if (closed) {
        sink.complete();
      } else {
        sink.error(cause);
      }
    }

    private @Nullable Event read() throws IOException {
      BufferedReader from = lines;
      String name = "";
      String data = "";
      for (String line = (from == null) ? null : from.readLine();
          line != null && from != null;
          line = from.readLine()) {
        if (line.startsWith("event:")) {
          name = line.substring("event:".length()).strip();
        } else if (line.startsWith("data:")) {
          data = line.substring("data:".length());
        } else if (line.startsWith(":")) {
          return Event.BEAT;
        } else if (line.isEmpty() && !name.isEmpty()) {
          return new Event(name, data);
        }
      }
      return null;
    }

    void close() {
      closed = true;
      known.remove(id);
      InputStream open = body;
      if (open != null) {
        try {
          open.close();
        } catch (IOException ex) {
          // It is no longer needed.
        }
      }
    }
  }
}
