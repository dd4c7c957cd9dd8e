package io.logcaster.delivery;

import io.logcaster.delivery.SenderId.Protocol;
import io.logcaster.system.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The HTTP API of the proof of delivery. Names of clients may contain slashes. */
@RestController
@RequestMapping("/api/v1/deliveries")
@Tag(name = "deliveries", description = "What arrived of senders that number what they send.")
final class DeliveriesController {

  private final DeliveryTracker tracker;
  private final DeliveryProperties properties;
  private final Clock clock;

  DeliveriesController(DeliveryTracker tracker, DeliveryProperties properties, Clock clock) {
    this.tracker = tracker;
    this.properties = properties;
    this.clock = clock;
  }

  @GetMapping
  @Operation(
      summary = "List senders with their last numbers and gaps",
      description = "With gaps=true, only senders of which something is missing.")
  List<DeliveryView> list(@RequestParam(defaultValue = "false") boolean gaps) {
    return tracker.all(this::view).stream()
        .filter((sender) -> !gaps || sender.missing() > 0)
        .toList();
  }

  private DeliveryView view(SenderNumbers sender) {
    return DeliveryView.of(sender, clock.instant(), properties.grace());
  }

  @GetMapping("/{*client}")
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

  @DeleteMapping("/{*client}")
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
