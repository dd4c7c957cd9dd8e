package io.logcaster.query.exec;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds templates that differ only in words that vary, such as the names of users: templates of as
 * many words that agree in all but one word. Where that word takes many values, it is a place, too;
 * where it takes few, the templates say different things. The first word never becomes a place,
 * because it is what a program's author wrote most likely.
 */
final class TemplateGroups {

  /**
   * A word that takes this many values beside the same others varies. Fewer may be a choice of
   * words.
   */
  private static final int MANY = 5;

  private static final String PLACE = "<*>";

  private TemplateGroups() {}

  /** The group's template for each template that is not its own group. */
  static Map<String, String> of(Collection<String> templates) {
    Map<String, String> groups = new HashMap<>();
    Set<String> present = new HashSet<>(templates);
    boolean changed = true;
    // Each round can turn one word of a template into a place.
    for (int round = 0; changed && round < 3; round++) {
      Map<String, String> merged = round(present);
      changed = !merged.isEmpty();
      if (changed) {
        groups.replaceAll((template, group) -> merged.getOrDefault(group, group));
        merged.forEach(groups::putIfAbsent);
        Set<String> next = new HashSet<>();
        present.forEach((template) -> next.add(merged.getOrDefault(template, template)));
        present = next;
      }
    }
    return groups;
  }

  private static Map<String, String> round(Set<String> templates) {
    Map<String, List<String>> candidates = new HashMap<>();
    for (String template : templates) {
      String[] words = template.split(" ", -1);
      for (int i = 1; i < words.length; i++) {
        if (!words[i].contains(PLACE) && !words[i].isEmpty()) {
          String word = words[i];
          words[i] = PLACE;
          candidates
              .computeIfAbsent(String.join(" ", words), (key) -> new ArrayList<>())
              .add(template);
          words[i] = word;
        }
      }
    }
    Map<String, String> merged = new HashMap<>();
    candidates.entrySet().stream()
        .filter((entry) -> entry.getValue().size() >= MANY)
        .sorted(
            (a, b) ->
                (a.getValue().size() != b.getValue().size())
                    ? Integer.compare(b.getValue().size(), a.getValue().size())
                    : a.getKey().compareTo(b.getKey()))
        .forEach(
            (entry) ->
                entry
                    .getValue()
                    .forEach((template) -> merged.putIfAbsent(template, entry.getKey())));
    return merged;
  }
}
