package io.logcaster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A server in the smallest heap (96 MB) under what is meant to exhaust it: it answers, loses
 * nothing and never runs out of memory. {@code -Psoak} sends as much as an attack would.
 */
@Timeout(900)
@Execution(ExecutionMode.CONCURRENT)
class OverloadIT {

  private static final boolean SOAK = Boolean.getBoolean("logcaster.soak");

  private static final int CONNECTIONS = SOAK ? 1_000 : 60;

  private static final int HOSTS = SOAK ? 600_000 : 60_000;

  private static final int NAMES = SOAK ? 500_000 : 20_000;

  private static final int MESSAGES = SOAK ? 300_000 : 20_000;

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final Pattern TOTALS =
      Pattern.compile("\"totals\":\\{\"received\":(\\d+),\"stored\":(\\d+),\"filtered\":(\\d+),");

  private static final List<String> QUERIES =
      List.of(
          "*" + " | format '<_msg><_msg>' as _msg".repeat(24) + " | len(_msg) n | stats max(n) m",
          "*" + " | replace ('a', 'aaaaaaaa')".repeat(12) + " | len(_msg) n | stats max(n) m",
          "* | stats json_values() v",
          "* | stats by (_msg) row_max(_msg) v",
          "* | stats values(_msg) v",
          "* | stats uniq_values(_msg) v",
          "* | top 5 by (_msg)",
          "* | sort by (_msg)",
          "* | join by (app) (* | fields app, _msg) | stats count() n",
          "* | union (* | sort by (_msg)) | stats count() n",
          "_msg:in(* | fields _msg) | stats count() n",
          "* | stream_context before 1000 after 1000 | stats count() n",
          "_msg:~\"((((.{1,100}){1,100}){1,100}){1,100})\" | stats count() n");

  @TempDir Path data;

  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void serverInTheSmallestHeap_survivesWhatIsMeantToExhaustIt() throws Exception {
    ServerProcess server =
        ServerProcess.startInHeap(
            "96m", data, "--logcaster.self-log.enabled=false", "--logcaster.query.queue=0");
    try {
      long sent = connections(server);
      sent += records(server, HOSTS, 28, (i) -> "{\"host\":\"h" + i + "-TEXT\",\"_msg\":\"m\"}");
      sent += records(server, NAMES / 10, 10, OverloadIT::names);
      sent +=
          records(
              server,
              MESSAGES,
              10,
              (i) -> "{\"host\":\"a\",\"app\":\"b\",\"_msg\":\"message " + i + " about TEXT\"}");
      awaitStored(server, sent);
      for (String query : QUERIES) {
        HttpResponse<String> answer = query(server, query + " | limit 5");
        assertThat(answer.statusCode()).as(query).isIn(200, 400, 422, 429, 503);
      }
      assertThat(query(server, "* | stats count() n").body()).contains("\"n\":\"" + sent + "\"");
      assertThat(server.complaints()).isEmpty();
      server.kill();
      server = server.restart();
      assertThat(query(server, "* | stats count() n").body()).contains("\"n\":\"" + sent + "\"");
      assertThat(server.complaints()).isEmpty();
    } finally {
      server.kill();
    }
  }

  /** Each sends a megabyte of long lines. */
  private static long connections(ServerProcess server) throws Exception {
    byte[] line = new byte[255 << 10];
    Arrays.fill(line, (byte) 'x');
    line[line.length - 1] = '\n';
    List<Future<?>> senders = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < CONNECTIONS; i++) {
        senders.add(
            threads.submit(
                () -> {
                  try (Socket socket =
                      new Socket(InetAddress.getLoopbackAddress(), server.tcpPort())) {
                    OutputStream out = socket.getOutputStream();
                    for (int sent = 0; sent < 4; sent++) {
                      out.write(line);
                    }
                    socket.shutdownOutput();
                    return socket.getInputStream().read();
                  }
                }));
      }
    }
    for (Future<?> sender : senders) {
      sender.get();
    }
    return CONNECTIONS * 4L;
  }

  /** Makes a record; {@code TEXT} stands for some text. */
  @FunctionalInterface
  private interface RecordText {

    String of(int number);
  }

  private static String names(int number) {
    StringBuilder record = new StringBuilder("{\"host\":\"a\",\"_msg\":\"TEXT\"");
    for (int i = 0; i < 10; i++) {
      record.append(",\"f").append(number * 10 + i).append("\":\"v\"");
    }
    return record.append('}').toString();
  }

  /** Sends records in several requests, each again where there is no room. */
  private long records(ServerProcess server, int count, int requests, RecordText record)
      throws IOException, InterruptedException {
    String text = "some words that make it longer ".repeat(4);
    int each = count / requests;
    for (int request = 0; request < requests; request++) {
      StringBuilder body = new StringBuilder();
      for (int i = request * each; i < (request + 1) * each; i++) {
        body.append(record.of(i).replace("TEXT", text)).append('\n');
      }
      HttpRequest post =
          HttpRequest.newBuilder(uri(server, "/api/v1/records"))
              .header("Content-Type", "application/x-ndjson")
              .timeout(PATIENCE)
              .POST(BodyPublishers.ofString(body.toString()))
              .build();
      Awaitility.await()
          .atMost(PATIENCE)
          .until(
              () -> http.send(post, BodyHandlers.ofString()).statusCode(),
              (status) -> {
                assertThat(status).isIn(200, 429);
                return status == 200;
              });
    }
    return (long) each * requests;
  }

  private void awaitStored(ServerProcess server, long sent) {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(
            () -> {
              HttpRequest get = HttpRequest.newBuilder(uri(server, "/api/v1/metrics")).build();
              String metrics = http.send(get, BodyHandlers.ofString()).body();
              Matcher totals = TOTALS.matcher(metrics);
              assertThat(totals.find()).as(metrics).isTrue();
              assertThat(Long.parseLong(totals.group(1))).isEqualTo(sent);
              assertThat(Long.parseLong(totals.group(2))).isEqualTo(sent);
            });
  }

  private HttpResponse<String> query(ServerProcess server, String query)
      throws IOException, InterruptedException {
    String arguments = "?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8);
    HttpRequest get =
        HttpRequest.newBuilder(uri(server, "/api/v1/query" + arguments)).timeout(PATIENCE).build();
    return http.send(get, BodyHandlers.ofString());
  }

  private static URI uri(ServerProcess server, String path) {
    return URI.create("http://127.0.0.1:" + server.httpPort() + path);
  }
}
