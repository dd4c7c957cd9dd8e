package io.logcaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchQueriesCommandTest {

  private static final String TOKEN = "lc_secret";

  @TempDir private Path directory;

  private HttpServer server;

  private final Cli cli = new Cli(0, 0);

  /** A server that answers 5 to every query of whoever has the token. */
  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/select/logsql/query",
        (exchange) -> {
          boolean known =
              ("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"));
          byte[] body = "{\"n\":\"5\"}\n".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(known ? 200 : 401, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stopServer() {
    server.stop(0);
  }

  private int run(String... more) throws IOException {
    Path queries =
        Files.writeString(directory.resolve("queries.txt"), "all\t* | stats count() n\n");
    String[] arguments = {
      "bench",
      "queries",
      "--url=http://127.0.0.1:" + server.getAddress().getPort(),
      "--queries=" + queries
    };
    String[] all = new String[arguments.length + more.length];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return cli.bare(all);
  }

  @Test
  void securedServer_withToken_isQueried() throws IOException {
    assertThat(run("--token", TOKEN)).isZero();
    assertThat(cli.out().lines()).anyMatch((line) -> line.matches("all +[0-9.]+ +[0-9.]+ +5"));
  }

  @Test
  void securedServer_withoutToken_saysWhatIsMissing() throws IOException {
    assertThat(run()).isEqualTo(1);
    assertThat(cli.err()).contains("give --token or --user");
  }

  @Test
  void otherServer_getsNoToken() throws IOException {
    String same = "http://127.0.0.1:" + server.getAddress().getPort();
    assertThat(run("--token", TOKEN, "--other-server", same)).isEqualTo(1);
    assertThat(cli.err()).contains(same);
  }
}
