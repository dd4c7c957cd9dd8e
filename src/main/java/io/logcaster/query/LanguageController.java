package io.logcaster.query;

import io.swagger.v3.oas.annotations.Operation;
import java.time.Duration;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** The reference of the query language over HTTP, for editors that suggest its parts. */
@RestController
class LanguageController {

  /** It changes only with a new version of the server. */
  private static final Duration MAX_AGE = Duration.ofHours(1);

  private final JsonMapper json;

  LanguageController(JsonMapper json) {
    this.json = json;
  }

  @Operation(summary = "The pipes, stats functions and filters of the query language")
  @GetMapping("/api/v1/language")
  ResponseEntity<LanguageReference> language() {
    return ResponseEntity.ok()
        .cacheControl(CacheControl.maxAge(MAX_AGE).cachePrivate())
        .body(LanguageReference.read(json));
  }
}
