package io.logcaster.query.peer;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.logcaster.nodes.Nodes;
import io.logcaster.nodes.NodesProperties;
import io.logcaster.query.exec.Peers;
import io.logcaster.query.exec.Peers.Part;
import io.logcaster.query.exec.budget.QueryAbortedException;
import io.logcaster.query.exec.frame.Frame;
import io.logcaster.query.exec.frame.FrameCodec;
import io.logcaster.query.exec.frame.TableFrame;
import io.logcaster.query.lang.Parser;
import io.logcaster.record.Bitmap;
import io.logcaster.record.ConstantColumn;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What nodes may do instead of answering well: each is named, and the others are heard. */
@Execution(ExecutionMode.CONCURRENT)
class NodeAnswersTest {

  private static final Peers.Question QUESTION =
      new Peers.Question(
          Parser.parse("level:ERROR"), 1, 2, 3, 4, Map.of("x", List.of("1")), null, false);

  @TempDir Path directory;

  private final List<HttpServer> servers = new ArrayList<>();

  private final CountDownLatch end = new CountDownLatch(1);

  private Nodes nodes;

  @AfterEach
  void stop() {
    end.countDown();
    servers.forEach((server) -> server.stop(0));
    if (nodes != null) {
      nodes.close();
    }
  }

  /** What a node writes, after its headers. */
  @FunctionalInterface
  private interface Answer {

    void write(AnswerWriter writer, OutputStream body) throws IOException;
  }

  private String node(Answer answer) throws IOException {
    return server(
        (exchange) -> {
          try (exchange) {
            exchange.sendResponseHeaders(200, 0);
            OutputStream body = exchange.getResponseBody();
            answer.write(new AnswerWriter(body), body);
          }
        });
  }

  private String server(HttpHandler handler) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor((task) -> Thread.ofVirtual().start(task));
    server.createContext("/", handler);
    server.start();
    servers.add(server);
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private static void problem(HttpExchange exchange, int status, String body) throws IOException {
    try (exchange) {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private static void rows(AnswerWriter writer, String value) {
    Frame frame = TableFrame.builder(1).put("f", ConstantColumn.of("f", value)).build();
    FrameCodec.write(
        frame,
        Bitmap.all(1),
        null,
        (piece) -> {
          writer.rows(piece);
          return true;
        });
  }

  private static final Part.Ended ENDED = new Part.Ended(List.of(1L, 2L), List.of());

  private static void whole(AnswerWriter writer, String id, String value) {
    writer.hello(id, "LogCaster test");
    rows(writer, value);
    writer.end(ENDED);
  }

  private List<String> ask(Duration timeout, String... urls) throws Exception {
    nodes =
        new Nodes(new NodesProperties(List.of(urls), null, null, Duration.ofSeconds(30), timeout));
    return answers(nodes);
  }

  /** All answers as text, in an order that does not depend on who was first. */
  private static List<String> answers(Nodes nodes) throws InterruptedException {
    List<String> found = new ArrayList<>();
    try (Peers.Answers answers = new NodePeers(nodes).ask(QUESTION)) {
      while (!answers.isDone()) {
        Part part = answers.next();
        if (part != null) {
          found.add(
              switch (part) {
                case Part.Rows rows -> "rows " + rows.frame().column("f").text(0);
                case Part.State state -> "state " + state.bytes();
                case Part.Ended ended -> "ended " + ended.counts() + ended.damage();
                case Part.Missing missing -> missing.what();
                case Part.Failed failed -> failed.code() + ": " + failed.detail();
              });
        }
      }
    }
    found.sort(null);
    return found;
  }

  private static final Duration PATIENT = Duration.ofMinutes(2);

  @Test
  void nodes_thatAnswer_areAllHeard() throws Exception {
    String one = node((writer, body) -> whole(writer, "1", "one"));
    String two = node((writer, body) -> whole(writer, "2", "two"));

    assertThat(ask(PATIENT, one, two))
        .containsExactly("ended [1, 2][]", "ended [1, 2][]", "rows one", "rows two");
  }

  @Test
  void node_underTwoAddresses_countsOnce() throws Exception {
    String one = node((writer, body) -> whole(writer, "1", "one"));

    assertThat(ask(PATIENT, one, one.replace("127.0.0.1", "localhost")))
        .containsExactly("ended [1, 2][]", "rows one");
  }

  @Test
  void node_thatIsAway_isNamed() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    String away = "http://127.0.0.1:" + port;
    String one = node((writer, body) -> whole(writer, "1", "one"));

    assertThat(ask(PATIENT, away, one))
        .containsExactly("ended [1, 2][]", "node " + away + " cannot be reached", "rows one");
  }

  @Test
  void node_thatSendsNothing_isNamed() throws Exception {
    String mute = server((exchange) -> awaitEnd());
    assertThat(ask(Duration.ofMillis(50), mute))
        .containsExactly("node " + mute + " sent nothing for 50 ms");
  }

  @Test
  void node_thatStopsSending_isNamed() throws Exception {
    String stuck =
        node(
            (writer, body) -> {
              writer.hello("1", "LogCaster test");
              rows(writer, "one");
              body.flush();
              awaitEnd();
            });
    assertThat(ask(Duration.ofSeconds(1), stuck))
        .containsExactly("node " + stuck + " sent nothing for 1000 ms", "rows one");
  }

  private void awaitEnd() {
    try {
      end.await();
    } catch (InterruptedException ex) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void answer_thatEndsEarly_isNamed() throws Exception {
    String broken =
        node(
            (writer, body) -> {
              writer.hello("1", "LogCaster test");
              rows(writer, "one");
            });
    assertThat(ask(PATIENT, broken))
        .containsExactly("node " + broken + " ended its answer early", "rows one");
  }

  @Test
  void answer_thatIsDamaged_isNamed() throws Exception {
    String noise = node((writer, body) -> body.write(new byte[100]));
    String damaged =
        node(
            (writer, body) -> {
              writer.hello("1", "LogCaster test");
              body.write(new byte[] {2, 0, 0, 0, 2, 0, 0, 0, 2, 9, 9});
              body.flush();
            });
    List<String> found = ask(PATIENT, noise, damaged);
    assertThat(found).hasSize(2);
    assertThat(found).anyMatch((text) -> text.contains("is not that of a LogCaster"));
    assertThat(found).anyMatch((text) -> text.contains("the answer is damaged"));
  }

  @Test
  void node_ofAnotherVersion_isNamed() throws Exception {
    String older = server((exchange) -> problem(exchange, 404, "{}"));
    String newer =
        server(
            (exchange) ->
                problem(exchange, 409, "{\"code\":\"node_version\",\"detail\":\"LogCaster 9.0\"}"));
    assertThat(ask(PATIENT, older, newer))
        .containsExactlyInAnyOrder(
            "node " + older + " cannot be asked: it is no LogCaster, or an older one",
            "node " + newer + " cannot be asked: it is of another version (LogCaster 9.0)");
  }

  @Test
  void node_thatIsTheCaller_isLeftOut() throws Exception {
    String self = server((exchange) -> problem(exchange, 409, "{\"code\":\"node_is_caller\"}"));
    assertThat(ask(PATIENT, self)).isEmpty();
  }

  @Test
  void limitOfAQuery_onANode_failsTheQuery() throws Exception {
    String full =
        node(
            (writer, body) -> {
              writer.hello("1", "LogCaster test");
              writer.error(QueryAbortedException.MEMORY, "too much");
            });
    assertThat(ask(PATIENT, full))
        .containsExactly("query_memory_limit: too much (on " + full + ")");
  }

  @Test
  void token_isReadFromItsFile_andItsRefusalIsNamed() throws Exception {
    BlockingQueue<String> sent = new LinkedBlockingQueue<>();
    String strict =
        server(
            (exchange) -> {
              sent.add(exchange.getRequestHeaders().getFirst("Authorization"));
              problem(exchange, 403, "{\"detail\":\"no\"}");
            });
    Path token = Files.writeString(directory.resolve("token"), "the-secret\n");
    nodes =
        new Nodes(
            new NodesProperties(List.of(strict), token, null, Duration.ofSeconds(30), PATIENT));

    assertThat(answers(nodes))
        .containsExactly(
            "node " + strict + " refuses the token of logcaster.nodes.token-file (403 no)");
    assertThat(sent.poll(60, TimeUnit.SECONDS)).isEqualTo("Bearer the-secret");
  }

  @Test
  void question_arrivesAsItWasAsked() throws Exception {
    BlockingQueue<PartialQuery> asked = new LinkedBlockingQueue<>();
    String one =
        server(
            (exchange) -> {
              asked.add(
                  new tools.jackson.databind.json.JsonMapper()
                      .readValue(exchange.getRequestBody().readAllBytes(), PartialQuery.class));
              problem(exchange, 500, "");
            });
    ask(PATIENT, one);

    PartialQuery question = asked.poll(60, TimeUnit.SECONDS);
    assertThat(question.version()).isEqualTo(PartialQuery.VERSION);
    assertThat(question.question()).isEqualTo(QUESTION);
  }

  @Test
  void close_whileANodeSends_endsItsAnswer() throws Exception {
    CountDownLatch gone = new CountDownLatch(1);
    String endless =
        node(
            (writer, body) -> {
              writer.hello("1", "LogCaster test");
              try {
                while (end.getCount() > 0) {
                  rows(writer, "more".repeat(1_000));
                  body.flush();
                }
              } catch (IOException | RuntimeException ex) {
                gone.countDown();
              }
            });
    nodes =
        new Nodes(
            new NodesProperties(List.of(endless), null, null, Duration.ofSeconds(30), PATIENT));
    try (Peers.Answers answers = new NodePeers(nodes).ask(QUESTION)) {
      Part first = null;
      while (first == null) {
        first = answers.next();
      }
      assertThat(first).isInstanceOf(Part.Rows.class);
    }
    assertThat(gone.await(60, TimeUnit.SECONDS)).isTrue();
  }
}
