package io.logcaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.Api;
import io.logcaster.RunningServer;
import io.logcaster.Sender;
import io.logcaster.TcpPort;
import io.logcaster.ingest.Input;
import io.logcaster.pipeline.Intake;
import io.logcaster.pipeline.Ledger;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@RunningServer
class CommandsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Api api;
  private final Sender sender;
  private final Cli cli;

  CommandsTest(
      @LocalServerPort int port,
      @Autowired List<Input> inputs,
      @Autowired Intake intake,
      @Autowired Ledger ledger) {
    this.api = new Api(port);
    this.sender = new Sender(intake, ledger);
    this.cli = new Cli(port, TcpPort.of(inputs));
  }

  @Test
  void query_printsRowsAsTableJsonAndCsv() {
    sender.send("cli-query", "one", "two\nlines");
    assertThat(
            cli.run(
                "query", "app:=cli-query", "|", "sort", "by", "(_msg)", "|", "fields app, _msg"))
        .isZero();
    assertThat(cli.out())
        .isEqualToNormalizingNewlines("app        _msg\ncli-query  one\ncli-query  two\\nlines\n");

    assertThat(cli.run("query", "-o", "json", "-n", "1", "app:=cli-query | fields app")).isZero();
    assertThat(cli.out().strip()).isEqualTo("{\"app\":\"cli-query\"}");

    assertThat(cli.run("query", "-o", "csv", "app:=cli-query | stats count() n")).isZero();
    assertThat(cli.out().lines()).containsExactly("n", "2");
  }

  @Test
  void query_withAnError_isUnderlined() {
    assertThat(cli.run("query", "error | stats by (app count()")).isEqualTo(1);
    assertThat(cli.err().lines().toList()).hasSize(3);
    String query = cli.err().lines().toList().get(1);
    String mark = cli.err().lines().toList().get(2);
    assertThat(query).isEqualTo("  error | stats by (app count()");
    assertThat(mark).matches(" {20,}\\^").hasSizeLessThanOrEqualTo(query.length() + 1);
  }

  @Test
  void tail_showsWhatIsStored() {
    CompletableFuture<Integer> tail = cli.start("tail", "app:=cli-tail", "-n", "2", "--no-color");
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () -> {
              sender.send("cli-tail", "hello \u001B[31mred");
              return tail.isDone();
            });
    assertThat(tail.join()).isZero();
    assertThat(cli.out().lines().toList())
        .hasSize(2)
        .allSatisfy((line) -> assertThat(line).contains("cli-tail hello \u241B[31mred"));
  }

  @Test
  void tail_ofAQueryThatCannotBeTailed_fails() {
    assertThat(cli.run("tail", "* | stats count()")).isEqualTo(1);
    assertThat(cli.err()).startsWith("logcaster tail: ").doesNotContain("\tat ");
  }

  @Test
  void noServer_isOneClearLine() throws Exception {
    int nobody;
    try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = unused.getLocalPort();
    }
    Cli lost = new Cli(nobody, nobody);
    for (String[] command :
        new String[][] {{"query", "x"}, {"tail"}, {"send", "x"}, {"import", "x"}}) {
      assertThat(lost.run(command)).as(command[0]).isEqualTo(1);
      assertThat(lost.err().lines().toList()).as(command[0]).hasSize(1);
      assertThat(lost.err()).contains("127.0.0.1:" + nobody).contains("is the server running?");
    }
    String port = String.valueOf(nobody);
    assertThat(lost.bare("bench", "--port", port, "--http-port", port)).isEqualTo(1);
    assertThat(lost.err().lines().toList()).hasSize(1);
    assertThat(lost.err()).contains("127.0.0.1:" + nobody);
  }

  @Test
  void wrongCalls_printTheUsage() {
    assertThat(cli.bare("query")).isEqualTo(2);
    assertThat(cli.err()).contains("QUERY").contains("Usage:");
    assertThat(cli.bare("send", "--follow")).isEqualTo(2);
    assertThat(cli.bare("nonsense")).isEqualTo(2);
    assertThat(cli.bare("query", "x", "--url", "nonsense")).isEqualTo(1);
    assertThat(cli.err()).contains("'nonsense' is not an address such as");
  }

  @Test
  void help_hasExamplesAndExitCodes() {
    for (String command : List.of("send", "tail", "query", "import", "completion")) {
      assertThat(cli.bare(command, "--help")).isZero();
      assertThat(cli.out()).as(command).contains("Examples:").contains("logcaster " + command);
    }
    assertThat(cli.bare("--help")).isZero();
    assertThat(cli.out()).contains("LOGCASTER_URL").contains("Exit codes:");
    assertThat(cli.bare("--version")).isZero();
    assertThat(cli.out()).startsWith("LogCaster ").contains("Java 25");
  }

  @Test
  void completion_includesTheCommands() {
    assertThat(cli.bare("completion")).isZero();
    assertThat(cli.out()).contains("complete -F").contains("import").contains("--follow");
  }

  @Test
  void serverStaysUsable() {
    assertThat(api.get("/actuator/health").statusCode()).isEqualTo(200);
  }

  @Test
  void query_printsNoTerminalControlCodes() {
    sender.send("cli-escapes", "\u001B]0;title\u0007 \u009B31m abc\u202Ecba \u2066x");
    for (String output : List.of("table", "json", "csv")) {
      assertThat(cli.run("query", "-o", output, "app:=cli-escapes | fields _msg")).isZero();
      assertThat(cli.out())
          .contains("title")
          .doesNotContainPattern("[\u001B\u0007\u009B\u202E\u2066]");
    }
    assertThat(cli.run("query", "--raw", "-o", "csv", "app:=cli-escapes | fields _msg")).isZero();
    assertThat(cli.out()).contains("\u001B]0;title\u0007 \u009B31m abc\u202Ecba");
  }
}
