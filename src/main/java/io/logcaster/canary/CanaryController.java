package io.logcaster.canary;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The HTTP API of the canary. */
@RestController
@RequestMapping("/api/v1/canary")
@Tag(name = "canary", description = "Records that the server sends itself, to prove that it works.")
final class CanaryController {

  private final Canary canary;
  private final CanaryRoutes routes;
  private final CanaryProperties properties;

  CanaryController(Canary canary, CanaryRoutes routes, CanaryProperties properties) {
    this.canary = canary;
    this.routes = routes;
    this.properties = properties;
  }

  /**
   * The canary as the API shows it.
   *
   * @param enabled whether it runs by itself
   * @param intervalSeconds the time between two rounds
   * @param timeoutSeconds after this time a record is lost
   * @param routes what became of the records, since the start
   * @param closed inputs that it cannot use, with the reason
   */
  record Report(
      boolean enabled,
      double intervalSeconds,
      double timeoutSeconds,
      List<RouteStats.RouteView> routes,
      Map<String, String> closed) {}

  @GetMapping
  @Operation(summary = "What became of the canary's records")
  Report report() {
    return new Report(
        properties.enabled(),
        seconds(properties.interval()),
        seconds(properties.timeout()),
        canary.views(),
        routes.closed());
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1e3;
  }

  @PostMapping
  @Operation(
      summary = "Send one record through each open input, and wait until all are found",
      description = "Works whether or not the canary is enabled: a quick test of an installation.")
  Report round() throws InterruptedException {
    canary.round();
    return report();
  }
}
