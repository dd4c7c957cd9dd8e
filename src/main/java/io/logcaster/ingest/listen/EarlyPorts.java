package io.logcaster.ingest.listen;

import io.logcaster.cluster.Roles;
import io.logcaster.ingest.tcp.TcpInput;
import io.logcaster.ingest.tcp.TcpProperties;
import io.logcaster.ingest.udp.EarlyDatagrams;
import io.logcaster.ingest.udp.UdpProperties;
import io.logcaster.security.BindPolicy;
import io.logcaster.security.TimedProtocol;
import io.logcaster.system.EarlySockets;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.event.ApplicationFailedEvent;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.event.SpringApplicationEvent;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/**
 * Opens the ports as soon as the settings are known, long before the server has started, so that
 * senders are not refused and no datagram is lost while it starts. Whatever cannot be opened here
 * is left to its listener, which explains what is wrong; so is a listener that the settings turn
 * out to want elsewhere.
 */
final class EarlyPorts implements ApplicationListener<SpringApplicationEvent>, Ordered {

  private static final String WEB_PORT = "server.port";

  private @Nullable EarlySockets sockets;

  /** Opens a socket on an address. */
  @FunctionalInterface
  private interface Opening {
    Closeable open(InetSocketAddress address) throws IOException;
  }

  /** After all sources of settings have been read, before the logging system starts. */
  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE + 15;
  }

  @Override
  public void onApplicationEvent(SpringApplicationEvent event) {
    switch (event) {
      case ApplicationEnvironmentPreparedEvent prepared -> prepare(prepared);
      case ApplicationReadyEvent _, ApplicationFailedEvent _ -> {
        EarlySockets rest = sockets;
        if (rest != null) {
          rest.close();
        }
      }
      default -> {}
    }
  }

  private void prepare(ApplicationEnvironmentPreparedEvent event) {
    // The build, too, begins a start, to find out about the beans.
    if (Boolean.getBoolean("spring.aot.processing")) {
      return;
    }
    EarlySockets opened = new EarlySockets();
    sockets = opened;
    event
        .getBootstrapContext()
        .addCloseListener(
            (closed) ->
                closed
                    .getApplicationContext()
                    .getBeanFactory()
                    .registerSingleton("earlySockets", opened));
    try {
      open(event.getEnvironment(), opened);
    } catch (RuntimeException ex) {
      // A wrong setting: what binds it later says which one.
    }
  }

  private static void open(Environment environment, EarlySockets sockets) {
    Binder binder = Binder.get(environment);
    BindPolicy policy = BindPolicy.of(environment);
    if (binder.bindOrCreate("logcaster", Roles.class).ingests()) {
      TcpProperties tcp = binder.bindOrCreate("logcaster.tcp", TcpProperties.class);
      open(sockets, "tcp", tcp.port(), policy, tcp.address(), TcpInput::listen);
      UdpProperties udp = binder.bindOrCreate("logcaster.udp", UdpProperties.class);
      int buffer = (int) udp.receiveBuffer().toBytes();
      open(
          sockets,
          "udp",
          udp.port(),
          policy,
          udp.address(),
          (address) -> EarlyDatagrams.open(address, buffer));
      binder
          .bindOrCreate("logcaster", ListenersProperties.class)
          .listeners()
          .forEach((listener) -> open(sockets, listener, policy));
    }
    int webPort = environment.getProperty(WEB_PORT, Integer.class, -1);
    open(sockets, TimedProtocol.SOCKET, webPort, policy, null, TimedProtocol::listen);
  }

  private static void open(EarlySockets sockets, ListenerProperties listener, BindPolicy policy) {
    int buffer = (int) listener.receiveBuffer().toBytes();
    Opening opening =
        switch (listener.transport()) {
          case TCP -> TcpInput::listen;
          case UDP -> (address) -> EarlyDatagrams.open(address, buffer);
        };
    open(sockets, listener.id(), listener.port(), policy, listener.address(), opening);
  }

  private static void open(
      EarlySockets sockets,
      String id,
      int port,
      BindPolicy policy,
      @Nullable InetAddress configured,
      Opening opening) {
    if (port < 0 || port > 65_535) {
      return;
    }
    try {
      InetSocketAddress address =
          new InetSocketAddress(
              policy.addressFor(configured, "logcaster." + id + ".address"), port);
      sockets.add(id, address, opening.open(address));
    } catch (IOException | RuntimeException ex) {
      // In use, or not allowed: the listener tries again and reports it.
    }
  }
}
