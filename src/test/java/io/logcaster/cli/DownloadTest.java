package io.logcaster.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadTest {

  private static final long SEED = 5;

  @TempDir Path directory;

  private final byte[] content = new byte[(int) (Download.PART * 3 + 12_345)];
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final AtomicInteger failures = new AtomicInteger();
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final Progress progress =
      new Progress(new PrintWriter(new StringWriter()), false, "download", 0, () -> 0);
  private final HttpClient client = HttpClient.newHttpClient();
  private volatile String version = "\"v1\"";
  private volatile boolean ranges = true;
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    new Random(SEED).nextBytes(content);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/file", this::serve);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    client.close();
  }

  private void serve(HttpExchange exchange) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    String ifRange = exchange.getRequestHeaders().getFirst("If-Range");
    exchange.getResponseHeaders().set("ETag", version);
    try (exchange) {
      if (range == null || !ranges || (ifRange != null && !ifRange.equals(version))) {
        asked.add("all");
        exchange.sendResponseHeaders(200, content.length);
        exchange.getResponseBody().write(content);
        return;
      }
      asked.add(range);
      String[] ends = range.substring("bytes=".length()).split("-", 2);
      int from = Integer.parseInt(ends[0]);
      int to = Integer.parseInt(ends[1]) + 1;
      exchange
          .getResponseHeaders()
          .set("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + content.length);
      exchange.sendResponseHeaders(206, to - from);
      int end = (to - from > 1 && failures.getAndDecrement() > 0) ? from + (to - from) / 2 : to;
      exchange.getResponseBody().write(content, from, end - from);
    }
  }

  private URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/file");
  }

  private Download download() {
    return new Download(client, 3, stopped::get);
  }

  private Path target() {
    return directory.resolve("file.download");
  }

  @Test
  void ranges_areFetchedInParts_andBrokenOnesAreRetried() throws Exception {
    failures.set(2);
    Download.Remote remote = download().look(uri());
    assertThat(remote.ranges()).isTrue();
    assertThat(remote.length()).isEqualTo(content.length);

    assertThat(download().fetch(remote, target(), progress)).isTrue();
    assertThat(Files.readAllBytes(target())).isEqualTo(content);
    assertThat(asked).hasSize(1 + 4 + 2);
    assertThat(directory).isDirectoryNotContaining("glob:**.part*");
  }

  @Test
  void interruptedDownload_resumesWithTheMissingParts() throws Exception {
    Download.Remote remote = download().look(uri());
    Path partial = directory.resolve("file.download.part");
    byte[] begun = Arrays.copyOf(content, (int) Download.PART);
    Files.write(partial, begun);
    Files.writeString(directory.resolve("file.download.parts"), remote.key() + "\n0\n");
    stopped.set(true);
    assertThat(download().fetch(remote, target(), progress)).isFalse();
    assertThat(target()).doesNotExist();

    stopped.set(false);
    asked.clear();
    assertThat(download().fetch(remote, target(), progress)).isTrue();
    assertThat(asked).hasSize(3).noneMatch((range) -> range.startsWith("bytes=0-"));
    assertThat(Files.readAllBytes(target())).isEqualTo(content);
  }

  @Test
  void serverWithoutRanges_isDownloadedAtOnce() throws Exception {
    ranges = false;
    Download.Remote remote = download().look(uri());
    assertThat(remote.ranges()).isFalse();
    assertThat(download().fetch(remote, target(), progress)).isTrue();
    assertThat(Files.readAllBytes(target())).isEqualTo(content);
  }

  @Test
  void contentThatChanges_isNeverMixed() throws Exception {
    Download.Remote remote = download().look(uri());
    version = "\"v2\"";
    assertThatThrownBy(() -> download().fetch(remote, target(), progress))
        .hasMessageContaining("changed during the download");
    assertThat(target()).doesNotExist();
  }

  @Test
  void missingFile_isNamed() {
    assertThatThrownBy(() -> download().look(uri().resolve("/nothing")))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("/nothing answered 404");
  }
}
