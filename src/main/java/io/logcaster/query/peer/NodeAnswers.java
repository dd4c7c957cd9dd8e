package io.logcaster.query.peer;

import io.logcaster.nodes.Nodes;
import io.logcaster.nodes.Nodes.Node;
import io.logcaster.query.exec.Peers;
import io.logcaster.query.exec.budget.QueryAbortedException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The answers of all nodes to one question. A thread for each node reads its answer into a short
 * queue: a node that sends faster than its rows are merged waits.
 */
final class NodeAnswers implements Peers.Answers {

  /** How long {@link #next} waits, so that its caller notices soon that it was cancelled. */
  private static final long WAIT_MILLIS = 20;

  /** Parts of each node in the queue: a part takes a megabyte or a few. */
  private static final int PARTS = 2;

  private static final int MAX_PROBLEM = 1 << 16;

  private static final JsonMapper JSON = new JsonMapper();

  private final Nodes nodes;

  private final byte[] question;

  private final BlockingQueue<Peers.Part> parts;

  private final List<Reading> readings = new ArrayList<>();

  private final AtomicInteger running = new AtomicInteger();

  /** Nodes that answer: one that is reached by two addresses must not be counted twice. */
  private final Set<String> known = ConcurrentHashMap.newKeySet();

  NodeAnswers(Nodes nodes, byte[] question) {
    this.nodes = nodes;
    this.question = question;
    parts = new ArrayBlockingQueue<>(PARTS * nodes.list().size());
    known.add(nodes.id());
    running.set(nodes.list().size());
    for (Node node : nodes.list()) {
      Reading reading = new Reading(node);
      readings.add(reading);
      reading.thread.start();
    }
  }

  @Override
  public Peers.@Nullable Part next() throws InterruptedException {
    long now = System.nanoTime();
    readings.forEach((reading) -> reading.check(now));
    return parts.poll(WAIT_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public boolean isDone() {
    return running.get() == 0 && parts.isEmpty();
  }

  @Override
  public void close() {
    readings.forEach(Reading::stop);
  }

  /** Reads the answer of one node. */
  private final class Reading implements Runnable {

    private final Node node;

    private final Thread thread;

    private volatile @Nullable InputStream body;

    private volatile boolean stopped;

    private volatile boolean late;

    /** Since when a message is waited for; 0 while none is. */
    private volatile long waitingSince;

    Reading(Node node) {
      this.node = node;
      thread = Thread.ofVirtual().name("node-query").unstarted(this);
    }

    @Override
    public void run() {
      try {
        read();
      } catch (IOException ex) {
        missing(late ? silent() : reason(ex));
      } catch (InterruptedException ex) {
        Thread.currentThread().interrupt();
        missing(late ? silent() : "was not waited for");
      } catch (RuntimeException ex) {
        missing(String.valueOf(ex.getMessage()));
      } finally {
        running.decrementAndGet();
      }
    }

    private void read() throws IOException, InterruptedException {
      HttpRequest request =
          nodes
              .request(node, NodePeers.PATH)
              .header("Content-Type", "application/json")
              .header("Accept", "application/octet-stream, application/problem+json")
              .POST(BodyPublishers.ofByteArray(question))
              .build();
      HttpResponse<InputStream> response =
          nodes.client().send(request, BodyHandlers.ofInputStream());
      body = response.body();
      if (stopped) {
        response.body().close();
        return;
      }
      try (AnswerStream.Reader reader = new AnswerStream.Reader(response.body())) {
        if (response.statusCode() != 200) {
          refused(response.statusCode(), response.body());
          return;
        }
        if (!(message(reader) instanceof AnswerStream.Message.Hello hello)) {
          throw new IOException("the answer is not that of a LogCaster");
        }
        if (hello.version() != PartialQuery.VERSION) {
          missing(otherVersion(hello.product()));
        } else if (known.add(hello.id())) {
          while (take(message(reader))) {
            // until the end
          }
        }
      }
    }

    private AnswerStream.Message message(AnswerStream.Reader reader) throws IOException {
      waitingSince = System.nanoTime() | 1;
      try {
        return reader.next();
      } finally {
        waitingSince = 0;
      }
    }

    /** Passes a message on; returns whether more follow. */
    private boolean take(AnswerStream.Message message) throws InterruptedException {
      return switch (message) {
        case AnswerStream.Message.Beat _, AnswerStream.Message.Hello _ -> true;
        case AnswerStream.Message.Content content -> {
          parts.put(named(content.part()));
          yield !(content.part() instanceof Peers.Part.Ended);
        }
        case AnswerStream.Message.Failure error -> {
          boolean limit =
              error.code().equals(QueryAbortedException.MEMORY)
                  || error.code().equals(QueryAbortedException.TIMEOUT);
          if (limit) {
            parts.put(
                new Peers.Part.Failed(
                    error.code(), "%s (on %s)".formatted(error.detail(), node.name())));
          } else {
            missing(error.detail());
          }
          yield false;
        }
      };
    }

    /** A part whose damaged places say where they are. */
    private Peers.Part named(Peers.Part part) {
      return (part instanceof Peers.Part.Ended ended)
          ? new Peers.Part.Ended(
              ended.counts(),
              ended.damage().stream().map((place) -> node.name() + ": " + place).toList())
          : part;
    }

    private void refused(int status, InputStream answer) throws IOException {
      byte[] text = answer.readNBytes(MAX_PROBLEM);
      String code = "";
      String detail = "";
      try {
        var problem = JSON.readTree(text);
        code = problem.path("code").asString("");
        detail = problem.path("detail").asString("");
      } catch (JacksonException ex) {
        detail = new String(text, StandardCharsets.UTF_8).lines().findFirst().orElse("");
      }
      if (code.equals("node_is_caller")) {
        return;
      }
      missing(
          switch (status) {
            case 401, 403 ->
                "refuses the token of logcaster.nodes.token-file (" + status + " " + detail + ")";
            case 404, 405 -> "cannot be asked: it is no LogCaster, or an older one";
            default ->
                code.equals("node_version")
                    ? otherVersion(detail)
                    : "answers " + status + " " + detail;
          });
    }

    private String otherVersion(String product) {
      return "cannot be asked: it is of another version (" + product + ")";
    }

    private String silent() {
      return "sent nothing for " + nodes.timeout().toMillis() + " ms";
    }

    private String reason(IOException ex) {
      return switch (ex) {
        case HttpTimeoutException _ -> silent();
        case ConnectException _ -> "cannot be reached";
        case EOFException _ -> "ended its answer early";
        default -> "cannot be read: " + ex.getMessage();
      };
    }

    private void missing(String what) {
      if (!stopped || late) {
        try {
          parts.put(new Peers.Part.Missing(Peers.Part.Missing.PREFIX + node.name() + " " + what));
        } catch (InterruptedException ex) {
          Thread.currentThread().interrupt();
        }
      }
    }

    /** Gives the node up if it sent nothing for too long. */
    void check(long now) {
      long since = waitingSince;
      if (since != 0 && !stopped && now - since > nodes.timeout().toNanos()) {
        late = true;
        closeBody();
      }
    }

    void stop() {
      stopped = true;
      closeBody();
      thread.interrupt();
    }

    private void closeBody() {
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
