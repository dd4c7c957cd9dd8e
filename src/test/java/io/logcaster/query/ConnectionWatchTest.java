package io.logcaster.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Tomcat with a request that goes on until its client is gone. */
class ConnectionWatchTest {

  private final Tomcat tomcat = new Tomcat();

  private final CountDownLatch begun = new CountDownLatch(1);

  private final CountDownLatch noticed = new CountDownLatch(1);

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
            request.getParameter("query");
            BooleanSupplier closed = ConnectionWatch.closed(request);
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
  void client_thatLeavesDuringAGet_isNoticed() throws Exception {
    Socket socket = send("GET /?query=x HTTP/1.1\r\nHost: x\r\n\r\n");
    assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(noticed.await(150, TimeUnit.MILLISECONDS)).isFalse();
    socket.close();
    await().atMost(Duration.ofSeconds(10)).until(() -> noticed.getCount() == 0);
  }

  @Test
  void client_thatLeavesDuringAForm_isNoticed() throws Exception {
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
    assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(noticed.await(150, TimeUnit.MILLISECONDS)).isFalse();
    socket.close();
    await().atMost(Duration.ofSeconds(10)).until(() -> noticed.getCount() == 0);
  }
}
