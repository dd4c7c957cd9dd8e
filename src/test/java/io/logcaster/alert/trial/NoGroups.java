package io.logcaster.alert.trial;

import io.logcaster.alert.condition.KnownGroups;
import java.util.List;
import java.util.Map;

/** Remembers no groups. */
final class NoGroups implements KnownGroups {

  @Override
  public List<Group> of(String rule, String query) {
    return List.of();
  }

  @Override
  public void begin(String rule, String query, List<Group> groups) {}

  @Override
  public void put(String rule, List<Group> groups) {}

  @Override
  public void remove(String rule, List<Map<String, String>> labels) {}
}
