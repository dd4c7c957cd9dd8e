package io.logcaster.ingest.listen;

import io.logcaster.cluster.Roles;
import io.logcaster.ingest.IngestProperties;
import io.logcaster.ingest.Input;
import io.logcaster.ingest.InputContext;
import io.logcaster.ingest.InputContexts;
import io.logcaster.ingest.InputHealthIndicator;
import io.logcaster.ingest.InputLifecycle;
import io.logcaster.ingest.InputMeters;
import io.logcaster.ingest.docker.DockerInput;
import io.logcaster.ingest.docker.DockerProperties;
import io.logcaster.ingest.kafka.KafkaInput;
import io.logcaster.ingest.kafka.KafkaProperties;
import io.logcaster.ingest.tcp.TcpInput;
import io.logcaster.ingest.tcp.TcpOptions;
import io.logcaster.ingest.tcp.TcpProperties;
import io.logcaster.ingest.tcp.TcpServices;
import io.logcaster.ingest.udp.EarlyDatagrams;
import io.logcaster.ingest.udp.UdpInput;
import io.logcaster.ingest.udp.UdpOptions;
import io.logcaster.ingest.udp.UdpProperties;
import io.logcaster.security.BindPolicy;
import io.logcaster.system.DataDirectory;
import io.logcaster.system.EarlySockets;
import java.io.Closeable;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.beans.factory.BeanRegistry.SupplierContext;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Makes an input, with its life and its health, of each port that the settings name. An input
 * called {@code x} is the bean {@code xInput}; health shows it under that name.
 */
final class ListenersRegistrar implements BeanRegistrar {

  private static final String KAFKA = "logcaster.kafka.brokers";

  private static final String DOCKER = "logcaster.docker.socket";

  @Override
  public void register(BeanRegistry registry, Environment environment) {
    if (!Binder.get(environment).bindOrCreate("logcaster", Roles.class).ingests()) {
      return;
    }
    if (isOn(environment, "logcaster.tcp.port")) {
      register(
          registry,
          "tcp",
          "logcaster.tcp.port",
          TcpInput.class,
          ListenersRegistrar::tcp,
          (context) -> wanted(context.bean(TcpProperties.class).port(), tcpAddress(context)));
    }
    if (isOn(environment, "logcaster.udp.port")) {
      register(
          registry,
          "udp",
          "logcaster.udp.port",
          UdpInput.class,
          ListenersRegistrar::udp,
          (context) -> wanted(context.bean(UdpProperties.class).port(), udpAddress(context)));
    }
    if (!environment.getProperty(DOCKER, "").isBlank()) {
      register(
          registry,
          "docker",
          DOCKER,
          DockerInput.class,
          ListenersRegistrar::docker,
          (context) -> InetSocketAddress.createUnresolved("docker", 0));
    }
    if (Binder.get(environment).bind(KAFKA, Bindable.listOf(String.class)).isBound()) {
      registerKafka(registry);
    }
    List<ListenerProperties> listeners =
        Binder.get(environment).bindOrCreate("logcaster", ListenersProperties.class).listeners();
    for (int i = 0; i < listeners.size(); i++) {
      register(registry, listeners.get(i), "logcaster.listeners[" + i + "]");
    }
  }

  private static void registerKafka(BeanRegistry registry) {
    register(
        registry,
        "kafka",
        KAFKA,
        KafkaInput.class,
        ListenersRegistrar::kafka,
        (context) -> InetSocketAddress.createUnresolved("kafka", 0));
    registry.registerBean(
        "kafkaInputMeters",
        InputMeters.class,
        (spec) ->
            spec.supplier(
                (context) -> new InputMeters(context.bean("kafkaInput", KafkaInput.class))));
  }

  private static KafkaInput kafka(SupplierContext context) {
    return new KafkaInput(
        context.bean(KafkaProperties.class),
        context.bean(InputContexts.class).open("kafka"),
        (int) context.bean(IngestProperties.class).maxRecordSize().toBytes());
  }

  private static DockerInput docker(SupplierContext context) {
    return new DockerInput(
        context.bean(DockerProperties.class),
        context.bean(InputContexts.class).open("docker"),
        context.bean(DataDirectory.class).dir().resolve("docker.positions"),
        (int) context.bean(IngestProperties.class).maxRecordSize().toBytes());
  }

  private static boolean isOn(Environment environment, String setting) {
    return !"-1".equals(environment.getProperty(setting));
  }

  private static void register(BeanRegistry registry, ListenerProperties listener, String setting) {
    Function<SupplierContext, InetAddress> address =
        (context) -> address(context, listener.address(), setting + ".address");
    Function<SupplierContext, InetSocketAddress> wanted =
        (context) -> wanted(listener.port(), address.apply(context));
    if (listener.transport() == ListenerProperties.Transport.TCP) {
      register(
          registry,
          listener.id(),
          setting + ".port",
          TcpInput.class,
          (context) ->
              adopting(
                  context,
                  listener.id(),
                  options(listener, address.apply(context)),
                  inputContext(context, listener)),
          wanted);
    } else {
      register(
          registry,
          listener.id(),
          setting + ".port",
          UdpInput.class,
          (context) ->
              adopting(
                  context,
                  listener.id(),
                  new UdpOptions(
                      address.apply(context),
                      listener.port(),
                      listener.protocol(),
                      (int) listener.receiveBuffer().toBytes(),
                      (int) listener.maxRecordSize().toBytes()),
                  inputContext(context, listener)),
          wanted);
    }
  }

  private static <T extends Input> void register(
      BeanRegistry registry,
      String id,
      String setting,
      Class<T> type,
      Function<SupplierContext, T> input,
      Function<SupplierContext, InetSocketAddress> wanted) {
    String name = id + "Input";
    registry.registerBean(name, type, (spec) -> spec.supplier(input));
    registry.registerBean(
        id + "Lifecycle",
        InputLifecycle.class,
        (spec) ->
            spec.supplier(
                (context) ->
                    new InputLifecycle(context.bean(name, type), setting, wanted.apply(context))));
    registry.registerBean(
        name + "HealthIndicator",
        InputHealthIndicator.class,
        (spec) -> spec.supplier((context) -> new InputHealthIndicator(context.bean(name, type))));
  }

  private static TcpInput tcp(SupplierContext context) {
    TcpOptions options = context.bean(TcpProperties.class).options(tcpAddress(context));
    return adopting(context, "tcp", options, context.bean(InputContexts.class).open("tcp"));
  }

  private static InetAddress tcpAddress(SupplierContext context) {
    return address(context, context.bean(TcpProperties.class).address(), "logcaster.tcp.address");
  }

  private static UdpInput udp(SupplierContext context) {
    UdpOptions options =
        context
            .bean(UdpProperties.class)
            .options(
                udpAddress(context),
                (int) context.bean(IngestProperties.class).maxRecordSize().toBytes());
    return adopting(context, "udp", options, context.bean(InputContexts.class).open("udp"));
  }

  private static InetAddress udpAddress(SupplierContext context) {
    return address(context, context.bean(UdpProperties.class).address(), "logcaster.udp.address");
  }

  private static TcpOptions options(ListenerProperties listener, InetAddress address) {
    return new TcpOptions(
        address,
        listener.port(),
        listener.protocol(),
        listener.tls(),
        listener.anonymous(),
        listener.maxConnections(),
        listener.connectionsPerAddress(),
        listener.idleTimeout(),
        (int) listener.maxRecordSize().toBytes(),
        false);
  }

  private static InputContext inputContext(SupplierContext context, ListenerProperties listener) {
    return context
        .bean(InputContexts.class)
        .open(listener.id())
        .with(listener.fields(), listener.timeZone());
  }

  /** An input that takes over its port if that is open already. */
  private static TcpInput adopting(
      SupplierContext context, String id, TcpOptions options, InputContext input) {
    TcpInput tcp = new TcpInput(options, context.bean(TcpServices.class), input);
    tcp.adopt(() -> early(context, id, options.address(), options.port(), ServerSocket.class));
    return tcp;
  }

  private static UdpInput adopting(
      SupplierContext context, String id, UdpOptions options, InputContext input) {
    UdpInput udp = new UdpInput(options, input);
    udp.adopt(() -> early(context, id, options.address(), options.port(), EarlyDatagrams.class));
    return udp;
  }

  private static <T extends Closeable> @Nullable T early(
      SupplierContext context, String id, InetAddress address, int port, Class<T> kind) {
    EarlySockets sockets = context.beanProvider(EarlySockets.class).getIfAvailable();
    return (sockets == null) ? null : sockets.take(id, wanted(port, address), kind);
  }

  private static InetAddress address(
      SupplierContext context, @Nullable InetAddress configured, String setting) {
    return context.bean(BindPolicy.class).addressFor(configured, setting);
  }

  private static InetSocketAddress wanted(int port, InetAddress address) {
    return new InetSocketAddress(address, port);
  }
}
