package io.logcaster.alert.live;

import io.logcaster.alert.condition.Arrivals;
import java.util.List;
import java.util.Map;

/**
 * What is known of a window that is past.
 *
 * @param counts the most records of each group, by its key; groups without records are left out
 */
record PastWindow(List<String> groupFields, Map<Long, Long> counts) implements Arrivals {

  @Override
  public long most() {
    return counts.values().stream().mapToLong(Long::longValue).max().orElse(0);
  }

  @Override
  public boolean anyGroup(GroupCheck test) {
    if (groupFields.isEmpty()) {
      return test.test(0, 0, most()); // there is a group, even without records
    }
    return counts.entrySet().stream()
        .anyMatch((group) -> test.test(group.getKey(), 0, group.getValue()));
  }

  @Override
  public long key(Map<String, String> labels) {
    return BatchValues.key(groupFields, labels);
  }

  @Override
  public long least(long key) {
    return 0;
  }
}
