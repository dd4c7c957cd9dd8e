package io.logcaster.system;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Settings were given that LogCaster does not have. */
final class UnknownSettingsException extends RuntimeException {

  /**
   * @param place where it was given: a file and line, the command line or the environment
   * @param meant the setting it resembles
   */
  record Unknown(String name, String place, @Nullable String meant) {

    @Override
    public String toString() {
      return "%s (%s)%s"
          .formatted(name, place, meant == null ? "" : ", did you mean " + meant + "?");
    }
  }

  private final List<Unknown> unknown;

  UnknownSettingsException(List<Unknown> unknown) {
    super("Unknown settings: " + unknown);
    this.unknown = unknown;
  }

  String description() {
    return "LogCaster has no such setting: "
        + unknown.stream().map(Unknown::toString).collect(Collectors.joining("; "));
  }
}
