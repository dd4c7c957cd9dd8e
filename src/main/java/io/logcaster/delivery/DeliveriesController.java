package io.logcaster.delivery;

import io.logcaster.delivery.SenderId.Protocol;
import io.logcaster.nodes.NodeLists;
import io.logcaster.nodes.Nodes;
import io.logcaster.system.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The HTTP API of the proof of delivery. Names of clients may contain slashes. */
@RestController
@Tag(name = "deliveries", description = "What arrived of senders that number what they send.")
final class DeliveriesController {

  private static final String PATH = "/api/v1/deliveries";

  private static final String NODE_PATH = "/api/v1/node/deliveries";

  private final DeliveryTracker tracker;
  private final DeliveryProperties properties;
  private final NodeLists nodes;
  private final Clock clock;

  DeliveriesController(
      DeliveryTracker tracker, DeliveryProperties properties, NodeLists nodes, Clock clock) {
    this.nodes = nodes;
    this.tracker = tracker;
    this.properties = properties;
    this.clock = clock;
  }

  @GetMapping(PATH)
  @Operation(
      summary = "List senders with their last numbers and gaps",
      description =
          "With gaps=true, only senders of which something is missing. With nodes=all, those of all"
              + " nodes, each with the name of its node.")
  List<DeliveryView> list(
      @RequestParam(defaultValue = "false") boolean gaps,
      @RequestParam(name = "nodes", defaultValue = "") String which,
      HttpServletResponse response) {
    List<DeliveryView> own = own(gaps);
    return nodes.isFleet(which)
        ? nodes.joined(
            NODE_PATH + "?gaps=" + gaps, DeliveryView[].class, own, DeliveryView::on, response)
        : own;
  }

  @GetMapping(NODE_PATH)
  @Operation(summary = "The senders of this node, for another LogCaster")
  ResponseEntity<List<DeliveryView>> node(
      @RequestParam(defaultValue = "false") boolean gaps,
      @RequestHeader(name = Nodes.CALLER, defaultValue = "") String caller) {
    return nodes.own(caller, () -> own(gaps));
  }

  private List<DeliveryView> own(boolean gaps) {
    return tracker.all(this::view).stream()
        .filter((sender) -> !gaps || sender.missing() > 0)
        .toList();
  }

  private DeliveryView view(SenderNumbers sender) {
    return DeliveryView.of(sender, clock.instant(), properties.grace());
  }

  @GetMapping(PATH + "/{*client}")
  @Operation(
      summary = "Describe a sender, or say whether a number of it arrived",
      description =
          "With sequence, the answer is arrived, not_arrived or unknown, with a reason. A sender"
              + " that was never seen has the answer unknown.")
  Object get(
      @PathVariable String client,
      @RequestParam @Nullable Long sequence,
      @RequestParam @Nullable String protocol) {
    String name = name(client);
    Protocol kind = protocol(protocol);
    if (sequence == null) {
      return tracker.find(name, kind, this::view).orElseThrow(() -> unknown(name));
    }
    return tracker
        .find(
            name,
            kind,
            (sender) -> Arrival.of(sender, sequence, clock.instant(), properties.grace()))
        .orElseGet(
            () ->
                new Arrival(
                    name, sequence, "unknown", "No numbers of a client of this name are known."));
  }

  @DeleteMapping(PATH + "/{*client}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "Forget a sender and its gaps; its records stay")
  void delete(@PathVariable String client, @RequestParam @Nullable String protocol) {
    String name = name(client);
    if (!tracker.remove(name, protocol(protocol))) {
      throw unknown(name);
    }
  }

  /** The name in a rest of a path; empty without one. */
  private static String name(String path) {
    return path.isEmpty() ? "" : path.substring(1);
  }

  private static ProblemException unknown(String name) {
    return new ProblemException(
        HttpStatus.NOT_FOUND,
        "unknown_client",
        "No numbers of a client '%s' are known. GET /api/v1/deliveries lists all.".formatted(name));
  }

  private static @Nullable Protocol protocol(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      return Protocol.valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException ex) {
      throw new ProblemException(
          HttpStatus.BAD_REQUEST,
          "invalid_argument",
          "The argument 'protocol' is framed, lumberjack or journal, not '%s'.".formatted(text));
    }
  }
}
