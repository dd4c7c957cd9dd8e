package io.logcaster.canary;

import io.logcaster.ingest.Input;
import io.logcaster.ingest.InputDoor;
import io.logcaster.ingest.InputDoor.Transport;
import io.logcaster.ingest.InputStats;
import io.logcaster.ingest.Protocol;
import io.logcaster.security.Tls;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** The ways through the open inputs, and the reasons why some inputs have none. */
final class CanaryRoutes {

  private final Supplier<List<Input>> inputs;
  private final CanarySockets sockets;
  private final Tls tls;

  CanaryRoutes(Supplier<List<Input>> inputs, CanarySockets sockets, Tls tls) {
    this.inputs = inputs;
    this.sockets = sockets;
    this.tls = tls;
  }

  /** All routes through inputs that are open now. */
  List<CanaryRoute> open() {
    List<CanaryRoute> routes = new ArrayList<>();
    for (Input input : inputs.get()) {
      InputDoor door = input.door();
      InputStats stats = input.stats();
      if (door != null && stats.state() == InputStats.State.RUNNING && obstacle(door).isEmpty()) {
        add(routes, stats, door);
      }
    }
    return routes;
  }

  private void add(List<CanaryRoute> routes, InputStats stats, InputDoor door) {
    boolean datagrams = door.transport() == Transport.UDP;
    for (CanaryFormat format : formats(door)) {
      routes.add(
          new CanaryRoute(
              stats.id() + "/" + format.name().toLowerCase(Locale.ROOT),
              format,
              sockets.sender(door.transport(), stats.address(), door.tls())));
    }
    boolean both = door.transport() == Transport.TCP && !door.tls() && !datagrams;
    if (both && tls.isConfigured() && !tls.asksForCertificates()) {
      CanaryFormat format = formats(door).getLast();
      routes.add(
          new CanaryRoute(
              stats.id() + "/tls", format, sockets.sender(Transport.TCP, stats.address(), true)));
    }
  }

  /** Inputs that the canary cannot use, with the reason. */
  Map<String, String> closed() {
    Map<String, String> reasons = new LinkedHashMap<>();
    for (Input input : inputs.get()) {
      InputDoor door = input.door();
      if (door != null && !obstacle(door).isEmpty()) {
        reasons.put(input.stats().id(), obstacle(door));
      }
    }
    return reasons;
  }

  private String obstacle(InputDoor door) {
    if (door.certificate() || (door.tls() && tls.asksForCertificates() && !isHttp(door))) {
      return "It needs a client certificate.";
    }
    return formats(door).isEmpty() ? "The canary does not speak its protocol." : "";
  }

  private static boolean isHttp(InputDoor door) {
    return door.transport() == Transport.HTTP;
  }

  private static List<CanaryFormat> formats(InputDoor door) {
    Protocol protocol = door.protocol();
    return switch (protocol) {
      case AUTO ->
          (door.transport() == Transport.UDP)
              ? List.of(CanaryFormat.SYSLOG)
              : List.of(CanaryFormat.RAW, CanaryFormat.SYSLOG);
      case RAW -> List.of(CanaryFormat.RAW);
      case SYSLOG -> List.of(CanaryFormat.SYSLOG);
      case JSON -> List.of(CanaryFormat.JSON);
      case GELF -> List.of(CanaryFormat.GELF);
      case FORWARD, LUMBERJACK, FRAMED -> List.of();
    };
  }
}
