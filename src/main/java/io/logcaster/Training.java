package io.logcaster;

import io.logcaster.cli.CommandLineMain;
import io.logcaster.ingest.Input;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The training run from which a JVM records its AOT cache of classes and method profiles (JEP 514
 * and 515). It starts a server in this process, on ports of its own, sends it lines by each
 * protocol, and runs queries, console requests and commands. A later start loads those classes from
 * the cache and compiles the methods first that were hot here.
 *
 * <pre>{@code
 * java -XX:AOTCacheOutput=logcaster.aot -cp logcaster.jar io.logcaster.Training DIRECTORY
 * }</pre>
 *
 * The directory holds the records of the training run and may be deleted afterwards.
 */
final class Training {

  /** Enough for the compilers to identify hot methods; more would only prolong the training. */
  private static final String LINES = "400000";

  private static final String DATAGRAMS = "200000";

  /** Per second; without a rate, most datagrams would be lost before anything reads them. */
  private static final String RATE = "100000";

  private static final List<String> PROTOCOLS =
      List.of("syslog", "json", "http", "raw", "framed", "elasticsearch", "loki", "otlp");

  private static final List<String> QUERIES =
      List.of(
          "*",
          "timeout",
          "\"timed out\"",
          "error or warn not timeout",
          "_msg:~\"id=[0-9]+\"",
          "level:>=WARN app:web*",
          "* | stats count() n",
          "timeout | stats count() n",
          "* | stats by (app, level) count() n, quantile(0.9, duration) q",
          "* | stats by (_time:1m) count() n",
          "* | uniq by (host)",
          "* | top 5 by (app)",
          "* | sort by (_time desc) limit 100",
          "level:=ERROR | sort by (_time desc) limit 100");

  /** Paths that the console requests, each with a query. */
  private static final List<String> CONSOLE =
      List.of(
          "query?limit=100&",
          "hits?step=1m&",
          "facets?",
          "field_names?",
          "field_values?field=app&",
          "streams?",
          "patterns?");

  private final HttpClient client = HttpClient.newHttpClient();

  private final String url;

  private final String tcpPort;

  private final String udpPort;

  private Training(String httpPort, String tcpPort, String udpPort) {
    this.url = "http://127.0.0.1:" + httpPort;
    this.tcpPort = tcpPort;
    this.udpPort = udpPort;
  }

  static void main(String[] args) throws IOException, InterruptedException {
    if (args.length != 1) {
      System.err.println("Name a directory for the records of the training");
      System.exit(2);
    }
    // As in a real start: other beans would be other classes.
    Launcher.useProcessedBeans();
    SpringApplication application = new SpringApplication(LogCasterApplication.class);
    // Names the processed beans, which Spring would look for beside this class.
    application.setMainApplicationClass(LogCasterApplication.class);
    ConfigurableApplicationContext server =
        application.run(
            "--logcaster.data.dir=" + args[0],
            "--server.address=127.0.0.1",
            "--server.port=0",
            "--logcaster.tcp.port=0",
            "--logcaster.udp.port=0",
            "--logcaster.retention.max-age=36500d");
    String httpPort = server.getEnvironment().getRequiredProperty("local.server.port");
    new Training(httpPort, port(server, "tcp"), port(server, "udp")).work();
    System.exit(SpringApplication.exit(server));
  }

  private static String port(ConfigurableApplicationContext server, String id) {
    return server
        .getBeanProvider(Input.class)
        .orderedStream()
        .map(Input::stats)
        .filter((input) -> input.id().equals(id))
        .map((input) -> input.address().substring(input.address().lastIndexOf(':') + 1))
        .findFirst()
        .orElseThrow();
  }

  private void work() throws IOException, InterruptedException {
    for (String protocol : PROTOCOLS) {
      command(
          "bench",
          "--format",
          protocol,
          "--count",
          LINES,
          "--port",
          tcpPort,
          "--http-port",
          port());
    }
    command(
        "bench",
        "--format",
        "udp",
        "--count",
        DATAGRAMS,
        "--rate",
        RATE,
        "--port",
        udpPort,
        "--http-port",
        port());
    for (int round = 0; round < 3; round++) {
      for (String query : QUERIES) {
        get("/api/v1/query?limit=1000&query=" + encode(query));
      }
    }
    for (String path : CONSOLE) {
      get("/api/v1/" + path + "query=" + encode("*"));
    }
    for (String path :
        List.of(
            "/",
            "/api/v1/metrics",
            "/api/v1/inputs",
            "/api/v1/alerts",
            "/api/v1/alerts/rules",
            "/api/v1/searches",
            "/actuator/health",
            "/actuator/prometheus")) {
      get(path);
    }
    command("query", "--url", url, "--limit", "10", "*");
    command("query", "--url", url, "--limit", "10", "--output", "csv", "*");
    command("--help");
  }

  private String port() {
    return url.substring(url.lastIndexOf(':') + 1);
  }

  private void command(String... words) {
    int code = CommandLineMain.run(words, Clock.systemUTC());
    if (code != 0) {
      throw new IllegalStateException(String.join(" ", words) + " failed with " + code);
    }
  }

  private void get(String path) throws IOException, InterruptedException {
    client.send(HttpRequest.newBuilder(URI.create(url + path)).build(), BodyHandlers.discarding());
  }

  private static String encode(String query) {
    return URLEncoder.encode(query, StandardCharsets.UTF_8);
  }
}
