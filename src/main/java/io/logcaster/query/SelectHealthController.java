package io.logcaster.query;

import io.swagger.v3.oas.annotations.Operation;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The health check of Grafana's plug-in for VictoriaLogs. */
@RestController
class SelectHealthController {

  @Operation(summary = "Says that the server answers queries")
  @GetMapping(path = "/health", produces = MediaType.TEXT_PLAIN_VALUE)
  String health() {
    return "OK";
  }
}
