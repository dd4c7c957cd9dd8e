package io.logcaster.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.system.EarlySockets;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.SAME_THREAD)
class AdoptingEndpointTest {

  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  @TempDir Path dir;

  @Test
  void requestSentBeforeTheContainerStarts_isAnswered() throws Exception {
    ServerSocketChannel channel = TimedProtocol.listen(ANY_PORT);
    EarlySockets sockets = new EarlySockets();
    sockets.add(TimedProtocol.SOCKET, ANY_PORT, channel);
    Tomcat tomcat = tomcat(sockets);
    InetSocketAddress address = (InetSocketAddress) channel.getLocalAddress();
    try (Socket client = new Socket(address.getAddress(), address.getPort())) {
      client
          .getOutputStream()
          .write(
              "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));

      tomcat.start();

      assertThat(tomcat.getConnector().getLocalPort()).isEqualTo(address.getPort());
      assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
          .startsWith("HTTP/1.1 200")
          .endsWith("here");
    } finally {
      tomcat.stop();
      tomcat.destroy();
    }
    assertThat(channel.isOpen()).isFalse();
  }

  private Tomcat tomcat(EarlySockets sockets) {
    TimedProtocol protocol = new TimedProtocol();
    protocol.setAddress(ANY_PORT.getAddress());
    protocol.adopt(sockets);
    Connector connector = new Connector(protocol);
    connector.setPort(0);
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(dir.toString());
    tomcat.setConnector(connector);
    Context context = tomcat.addContext("", dir.toString());
    Tomcat.addServlet(context, "here", new Here());
    context.addServletMappingDecoded("/", "here");
    return tomcat;
  }

  private static final class Here extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.getWriter().write("here");
    }
  }
}
