package io.logcaster.system;

import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** How the console of this installation differs from others. */
@RestController
class ConsoleController {

  /**
   * The looks of an installation.
   *
   * @param name its name; null for none
   * @param color its colour, such as {@code #b3261e}; null for none
   * @param links links that values of fields become
   */
  record Looks(@Nullable String name, @Nullable String color, List<ConsoleProperties.Link> links) {}

  private final Looks looks;

  ConsoleController(ConsoleProperties properties) {
    this.looks = new Looks(properties.name(), properties.color(), properties.links());
  }

  @Operation(summary = "The installation's name and colour, and the links of fields")
  @GetMapping("/api/v1/console")
  Looks looks() {
    return looks;
  }
}
