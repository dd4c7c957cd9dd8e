package io.logcaster.template;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The known templates by id, at most so many and so many bytes of them. When it is full, the app
 * that has the most templates loses some: those with the fewest records, the longest unseen first.
 * So a program that prints unique texts cannot displace the templates of others. Only the ids of
 * dropped templates are remembered, so that these are not born again. Not thread-safe.
 */
final class TemplateTable {

  /**
   * How much is dropped at once, as a share of the limit: dropping sorts all templates of an app.
   */
  private static final int DROPPED_SHARE = 20;

  private final int maxCount;

  private final long maxBytes;

  private final Map<Long, KnownTemplate> templates = new HashMap<>();

  private final ForgottenIds forgotten = new ForgottenIds();

  private long bytes;

  TemplateTable(int maxCount, long maxBytes) {
    this.maxCount = maxCount;
    this.maxBytes = maxBytes;
  }

  @Nullable KnownTemplate get(long id) {
    return templates.get(id);
  }

  Collection<KnownTemplate> all() {
    return templates.values();
  }

  int size() {
    return templates.size();
  }

  /** The approximate memory of the templates in bytes. */
  long bytes() {
    return bytes;
  }

  /** Whether a template was known and dropped. */
  boolean isForgotten(long id) {
    return forgotten.contains(id);
  }

  /** Adds a template that is not in the table. */
  void add(KnownTemplate template) {
    templates.put(template.id, template);
    bytes += template.memoryBytes();
  }

  /** Notes that a template takes more or less memory than before. */
  void resized(long before, KnownTemplate template) {
    bytes += template.memoryBytes() - before;
  }

  /**
   * Drops templates if there are too many.
   *
   * @return the dropped ones
   */
  List<KnownTemplate> shrink() {
    List<KnownTemplate> dropped = new ArrayList<>();
    while (templates.size() > maxCount || bytes > maxBytes) {
      dropped.addAll(shrinkOnce());
    }
    return dropped;
  }

  private List<KnownTemplate> shrinkOnce() {
    Map<String, List<KnownTemplate>> apps = new HashMap<>();
    for (KnownTemplate template : templates.values()) {
      apps.computeIfAbsent(template.first.app(), (app) -> new ArrayList<>()).add(template);
    }
    List<KnownTemplate> most =
        apps.values().stream().max(Comparator.comparingInt(List::size)).orElseThrow();
    int drop = Math.clamp(templates.size() / DROPPED_SHARE, 1, Math.max(1, most.size() / 2));
    List<KnownTemplate> dropped =
        most.stream()
            .sorted(
                Comparator.comparingLong((KnownTemplate template) -> template.count)
                    .thenComparingLong((template) -> template.lastSeen))
            .limit(drop)
            .toList();
    dropped.forEach((template) -> forget(template.id));
    return dropped;
  }

  /** Removes a template without a trace. */
  void remove(long id) {
    KnownTemplate template = templates.remove(id);
    if (template != null) {
      template.forgotten = true;
      bytes -= template.memoryBytes();
    }
  }

  /** Drops a template; only its id stays known. */
  void forget(long id) {
    remove(id);
    forgotten.add(id);
  }

  ForgottenIds forgotten() {
    return forgotten;
  }
}
