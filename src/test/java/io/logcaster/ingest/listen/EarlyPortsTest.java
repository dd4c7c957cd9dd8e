package io.logcaster.ingest.listen;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.ingest.udp.EarlyDatagrams;
import io.logcaster.security.TimedProtocol;
import io.logcaster.system.EarlySockets;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.bootstrap.DefaultBootstrapContext;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.event.ApplicationFailedEvent;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

@Execution(ExecutionMode.CONCURRENT)
class EarlyPortsTest {

  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private final SpringApplication application = new SpringApplication();
  private final GenericApplicationContext context = new GenericApplicationContext();
  private final EarlyPorts ports = new EarlyPorts();

  private final Map<String, Object> settings =
      new HashMap<>(
          Map.of("server.port", "0", "logcaster.tcp.port", "0", "logcaster.udp.port", "0"));

  @AfterEach
  void fail() {
    ports.onApplicationEvent(
        new ApplicationFailedEvent(application, new String[0], null, new IOException()));
  }

  private EarlySockets begin() {
    StandardEnvironment environment = new StandardEnvironment();
    environment.getPropertySources().addFirst(new MapPropertySource("test", settings));
    DefaultBootstrapContext bootstrap = new DefaultBootstrapContext();
    ports.onApplicationEvent(
        new ApplicationEnvironmentPreparedEvent(
            bootstrap, application, new String[0], environment));
    bootstrap.close(context);
    return context.getBeanFactory().getBean(EarlySockets.class);
  }

  private static <T extends Closeable> @Nullable T take(
      EarlySockets sockets, String id, InetAddress address, Class<T> kind) {
    return sockets.take(id, new InetSocketAddress(address, 0), kind);
  }

  private static boolean accepts(InetSocketAddress address) {
    try (Socket socket = new Socket()) {
      socket.connect(address);
      return true;
    } catch (IOException ex) {
      return false;
    }
  }

  @Test
  void ports_areOpenOnceTheSettingsAreKnown() throws IOException {
    EarlySockets sockets = begin();

    try (ServerSocket tcp = take(sockets, "tcp", LOOPBACK, ServerSocket.class);
        EarlyDatagrams udp = take(sockets, "udp", LOOPBACK, EarlyDatagrams.class);
        ServerSocketChannel http =
            take(sockets, TimedProtocol.SOCKET, LOOPBACK, ServerSocketChannel.class)) {
      assertThat(accepts((InetSocketAddress) tcp.getLocalSocketAddress())).isTrue();
      assertThat(accepts((InetSocketAddress) http.getLocalAddress())).isTrue();
      assertThat(udp).isNotNull();
    }
    assertThat(take(sockets, "tcp", LOOPBACK, ServerSocket.class)).isNull();
  }

  @Test
  void credentials_openEveryInterface() throws IOException {
    settings.put("logcaster.security.username", "ops");
    settings.put("logcaster.security.password", "secret");
    settings.put("logcaster.udp.address", "127.0.0.1");
    EarlySockets sockets = begin();

    try (ServerSocket tcp =
            take(sockets, "tcp", new InetSocketAddress(0).getAddress(), ServerSocket.class);
        EarlyDatagrams udp = take(sockets, "udp", LOOPBACK, EarlyDatagrams.class)) {
      assertThat(tcp).isNotNull();
      assertThat(udp).isNotNull();
    }
  }

  @Test
  void wideAddressWithoutCredentials_isNotOpened() throws IOException {
    InetAddress wide = InetAddress.getByName("0.0.0.0");
    settings.put("logcaster.tcp.address", "0.0.0.0");
    EarlySockets sockets = begin();

    assertThat(take(sockets, "tcp", wide, ServerSocket.class)).isNull();
    assertThat(take(sockets, TimedProtocol.SOCKET, LOOPBACK, ServerSocketChannel.class))
        .satisfies(Closeable::close);
  }

  @Test
  void portThatIsInUseOrOff_isLeftToItsListener() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, LOOPBACK)) {
      settings.put("logcaster.tcp.port", other.getLocalPort());
      settings.put("logcaster.udp.port", "-1");
      EarlySockets sockets = begin();

      InetSocketAddress address = new InetSocketAddress(LOOPBACK, other.getLocalPort());
      assertThat(sockets.take("tcp", address, ServerSocket.class)).isNull();
      assertThat(take(sockets, "udp", LOOPBACK, EarlyDatagrams.class)).isNull();
    }
  }

  @Test
  void furtherListeners_areOpenedUnderTheirNames() throws IOException {
    settings.put("logcaster.listeners[0].port", "0");
    settings.put("logcaster.listeners[0].name", "lines");
    settings.put("logcaster.listeners[1].port", "0");
    settings.put("logcaster.listeners[1].transport", "udp");
    EarlySockets sockets = begin();

    assertThat(take(sockets, "lines", LOOPBACK, ServerSocket.class)).satisfies(Closeable::close);
    assertThat(take(sockets, "udp-0", LOOPBACK, EarlyDatagrams.class)).satisfies(Closeable::close);
  }

  @Test
  void wrongSetting_opensNothing() {
    settings.put("logcaster.tcp.port", "many");
    EarlySockets sockets = begin();

    assertThat(take(sockets, TimedProtocol.SOCKET, LOOPBACK, ServerSocketChannel.class)).isNull();
  }

  @Test
  void nodeThatDoesNotIngest_opensTheWebPortAlone() throws IOException {
    settings.put("logcaster.roles", "store,query");
    EarlySockets sockets = begin();

    assertThat(take(sockets, "tcp", LOOPBACK, ServerSocket.class)).isNull();
    assertThat(take(sockets, TimedProtocol.SOCKET, LOOPBACK, ServerSocketChannel.class))
        .satisfies(Closeable::close);
  }

  @Test
  void listenerElsewhere_opensItsOwn() {
    EarlySockets sockets = begin();

    assertThat(take(sockets, "tcp", new InetSocketAddress(0).getAddress(), ServerSocket.class))
        .isNull();
    assertThat(take(sockets, "tcp", LOOPBACK, ServerSocket.class)).isNull();
  }

  @Test
  void socketsThatNobodyTook_areClosedWhenTheServerIsReady() {
    EarlySockets sockets = begin();
    Closed closed = new Closed();
    sockets.add("extra", new InetSocketAddress(LOOPBACK, 0), closed);

    ports.onApplicationEvent(new ApplicationReadyEvent(application, new String[0], context, null));

    assertThat(closed.closed).isTrue();
    assertThat(take(sockets, "tcp", LOOPBACK, ServerSocket.class)).isNull();
  }

  private static final class Closed implements Closeable {

    private boolean closed;

    @Override
    public void close() {
      closed = true;
    }
  }
}
