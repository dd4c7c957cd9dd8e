package io.logcaster.sink;

import io.logcaster.system.ProblemException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The types of sinks, by name. Immutable. */
public final class SinkTypes {

  private final Map<String, SinkType> types = new TreeMap<>();

  /**
   * @param types a later one replaces an earlier one of the same name
   */
  public SinkTypes(List<SinkType> types) {
    types.forEach((type) -> this.types.put(type.name(), type));
  }

  Optional<SinkType> find(String name) {
    return Optional.ofNullable(types.get(name));
  }

  /**
   * The type with a name.
   *
   * @throws ProblemException 400 {@code invalid_property} if there is none
   */
  SinkType require(String name) {
    return find(name)
        .orElseThrow(
            () ->
                ProblemException.invalidProperty(
                    "type", "must be one of " + String.join(" ", types.keySet())));
  }

  Collection<SinkType> all() {
    return types.values();
  }
}
