package io.logcaster.transform;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a transform does, and which options it has. */
enum Action {
  EXTRACT("extract \"user=<user> \""),
  EXTRACT_REGEXP("extract_regexp \"user=(?P<user>\\\\w+)\""),
  UNPACK_JSON("unpack_json"),
  UNPACK_LOGFMT("unpack_logfmt"),
  UNPACK_SYSLOG("unpack_syslog"),
  RENAME("rename usr as user"),
  COPY("copy host as server"),
  DELETE("delete password"),
  FORMAT("format \"<method> <path>\""),
  REPLACE("replace (\"a\", \"b\")"),
  REPLACE_REGEXP("replace_regexp (\"id=[0-9]+\", \"id=?\")"),
  MATH("math bytes / 1024 as kilobytes"),
  DROP_EMPTY_FIELDS("drop_empty_fields"),
  DECOLORIZE("decolorize"),
  SET(Set.of("values")),
  DROP(Set.of()),
  ROUTE(Set.of("sink")),
  SAMPLE(Set.of("oneOf")),
  REDACT(Set.of("kinds", "patterns", "fields", "with", "keyFile")),
  JOIN(Set.of("preset", "start", "timeout", "maxLines", "maxSize")),
  DEDUPLICATE(Set.of("fields", "window")),
  LIMIT(Set.of("rate")),
  PLUGIN(Set.of("type", "values"));

  static final String NAMES =
      Arrays.stream(values()).map(Action::key).collect(Collectors.joining(", "));

  @SuppressWarnings("ImmutableEnumChecker") // The set is unmodifiable.
  private final Set<String> options;

  private final String example;

  Action(String example) {
    this.options = Set.of("pipe");
    this.example = example;
  }

  Action(Set<String> options) {
    this.options = options;
    this.example = "";
  }

  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The names of its options. */
  Set<String> options() {
    return options;
  }

  /** A pipe of this action. */
  String example() {
    return example;
  }

  static @Nullable Action of(String name) {
    List<Action> found =
        Arrays.stream(values()).filter((action) -> action.key().equals(name)).toList();
    return found.isEmpty() ? null : found.getFirst();
  }
}
