package io.logcaster.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.logcaster.query.exec.budget.QueryAbortedException;
import io.logcaster.record.Bitmap;
import io.logcaster.record.ConstantColumn;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.Stream;
import io.logcaster.storage.BatchConsumer;
import io.logcaster.storage.LogStorage;
import io.logcaster.storage.ScanRequest;
import io.logcaster.storage.StorageStats;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Tomcat with a request that runs until its client closes the connection. */
class ConnectionWatchTest {

  private final Tomcat tomcat = new Tomcat();

  private final CountDownLatch begun = new CountDownLatch(1);

  private final CountDownLatch noticed = new CountDownLatch(1);

  private final AtomicLong scanned = new AtomicLong();

  private final AtomicReference<@Nullable String> aborted = new AtomicReference<>();

  private final Endless storage = new Endless();

  private volatile boolean giveUp;

  @BeforeEach
  void start(@TempDir Path directory) throws Exception {
    tomcat.setBaseDir(directory.toString());
    tomcat.setPort(0);
    Context context = tomcat.addContext("", directory.toString());
    context.getPipeline().addValve(new ConnectionWatch());
    Tomcat.addServlet(
        context,
        "waiting",
        new HttpServlet() {
          private static final long serialVersionUID = 1L;

          @Override
          protected void service(HttpServletRequest request, HttpServletResponse response)
              throws IOException {
            String query = request.getParameter("query");
            BooleanSupplier closed = ConnectionWatch.closed(request);
            if (!query.equals("x")) {
              run(query, closed);
              return;
            }
            begun.countDown();
            while (!giveUp) {
              if (closed.getAsBoolean()) {
                noticed.countDown();
                return;
              }
              Thread.onSpinWait();
            }
          }
        });
    context.addServletMappingDecoded("/*", "waiting");
    tomcat.getConnector();
    tomcat.start();
  }

  private void run(String text, BooleanSupplier closed) throws IOException {
    QueryEngine engine = new QueryEngine(storage, Clock.systemUTC(), QueryLimits.defaults());
    try {
      engine.run(
          engine.parse(text),
          new QueryRange(Long.MIN_VALUE, Long.MAX_VALUE),
          (rows) -> true,
          closed);
    } catch (QueryAbortedException ex) {
      aborted.set(ex.code());
      noticed.countDown();
    }
  }

  /** A storage that always has more. */
  private final class Endless implements LogStorage {

    @Override
    public CompletableFuture<Void> append(RecordBatch batch) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public long delete(ScanRequest request) {
      return 0;
    }

    @Override
    public long lastDelivery(String client) {
      return -1;
    }

    @Override
    public StorageStats stats() {
      return new StorageStats(0, 0, 0, 0, 0, false);
    }

    @Override
    public void close() {}

    @Override
    public void scan(ScanRequest request, BatchConsumer consumer) {
      RecordBatch batch =
          RecordBatch.of(
              new long[] {1},
              new byte[1],
              new int[1],
              List.of(Stream.of(List.of())),
              ConstantColumn.of("_msg", "more"),
              List.of());
      boolean more = true;
      while (more && !giveUp && !request.cancelled().getAsBoolean()) {
        more = consumer.accept(batch, Bitmap.all(1), 0);
        if (scanned.incrementAndGet() == 1_000) {
          begun.countDown();
        }
      }
    }
  }

  @AfterEach
  void stop() throws Exception {
    giveUp = true;
    tomcat.stop();
    tomcat.destroy();
  }

  private Socket send(String request) throws IOException {
    Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), tomcat.getConnector().getLocalPort());
    OutputStream out = socket.getOutputStream();
    out.write(request.getBytes(StandardCharsets.US_ASCII));
    out.flush();
    return socket;
  }

  @Test
  void closingClient_duringAGet_isNoticed() throws Exception {
    Socket socket = send("GET /?query=x HTTP/1.1\r\nHost: x\r\n\r\n");
    assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(noticed.await(150, TimeUnit.MILLISECONDS)).isFalse();
    socket.close();
    await().atMost(Duration.ofMinutes(1)).until(() -> noticed.getCount() == 0);
  }

  @Test
  void closingClient_duringAForm_isNoticed() throws Exception {
    Socket socket =
        send(
            String.join(
                "\r\n",
                "POST / HTTP/1.1",
                "Host: x",
                "Content-Type: application/x-www-form-urlencoded",
                "Content-Length: 7",
                "",
                "query=x"));
    assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(noticed.await(150, TimeUnit.MILLISECONDS)).isFalse();
    socket.close();
    await().atMost(Duration.ofMinutes(1)).until(() -> noticed.getCount() == 0);
  }

  @Test
  void query_whoseClientLeft_stopsScanning() throws Exception {
    Socket socket = send("GET /?query=*%20%7C%20stats%20count() HTTP/1.1\r\nHost: x\r\n\r\n");
    assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(aborted.get()).isNull();
    socket.close();
    assertThat(noticed.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(aborted.get()).isEqualTo(QueryAbortedException.CANCELLED);
    long after = scanned.get();
    tomcat.stop(); // waits for the requests that still run
    assertThat(scanned.get()).isEqualTo(after).isPositive();
  }
}
