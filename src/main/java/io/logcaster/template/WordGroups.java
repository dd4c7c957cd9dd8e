package io.logcaster.template;

import io.logcaster.query.TemplateNames;
import io.logcaster.record.Hash;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds templates that differ in one word, such as a user's name: when there are {@link #MANY}, one
 * template with a placeholder stands for all of them, and further names are no births. The first
 * word never becomes a placeholder, because the program's author wrote it, and at least {@link
 * #MIN_FIXED} other words must be the author's, or short messages with different meanings would
 * become one.
 *
 * <p>How many templates would become the same is counted by hash, in one byte each; what looks like
 * many is then verified. Not thread-safe.
 */
final class WordGroups {

  /**
   * So many names are births before they are a variable. Over months, words with a meaning have
   * more values than in the range of a query; what a program can say in one place has fewer.
   */
  static final int MANY = 20;

  static final int MIN_FIXED = 2;

  /** Longer templates are data rather than sentences. */
  private static final int MAX_WORDS = 60;

  /** With about ten words, a hundred thousand templates fill it once on average. */
  private static final int COUNTERS = 1 << 20;

  /** After so many additions all counts are halved, so that old ones do not add up to many. */
  private static final int HALVED_AFTER = COUNTERS;

  /** So many templates must be added between two comparisons of all, which take a while. */
  private static final int PAUSE = 200;

  /** More members than this are not remembered, so no more groups are formed. */
  private static final int MAX_MERGED = 100_000;

  /** Those that were found first; those that are not yet saved have no time and come last. */
  private static final Comparator<KnownTemplate> BY_AGE =
      Comparator.comparingLong(
          (template) -> (template.learned == 0) ? Long.MAX_VALUE : template.learned);

  /** Marks the counter of a group. */
  private static final byte GROUP = -1;

  private final TemplateTable table;

  private final byte[] counters = new byte[COUNTERS];

  /** The ids of templates that became part of a group, with the group's. */
  private final Map<Long, Long> merged = new HashMap<>();

  /** Those that the log has to write. */
  private final List<Long> fresh = new ArrayList<>();

  private int additions;

  private int pause;

  WordGroups(TemplateTable table) {
    this.table = table;
  }

  /** Counts all templates of the table, after a start. */
  void countAll() {
    table.all().forEach(this::count);
    for (long group : merged.values()) {
      KnownTemplate template = table.get(group);
      if (template != null) {
        counters[counter(template.text, words(template.text, template.text.length).length)] = GROUP;
      }
    }
  }

  private void count(KnownTemplate template) {
    String[] words = words(template.text, template.text.length);
    for (int i = 1; i < words.length; i++) {
      if (isFree(words, i)) {
        add(counter(words, i));
      }
    }
  }

  /** Counts one more; returns how many there may be. */
  private int add(int counter) {
    if (counters[counter] >= 0 && counters[counter] < Byte.MAX_VALUE) {
      counters[counter]++;
    }
    if (++additions == HALVED_AFTER) {
      additions = 0;
      for (int i = 0; i < counters.length; i++) {
        counters[i] = (byte) ((counters[i] > 0) ? counters[i] / 2 : counters[i]);
      }
    }
    return counters[counter];
  }

  /** The group of a text that is not known by itself. */
  @Nullable KnownTemplate find(byte[] text, int length) {
    if (merged.isEmpty()) {
      return null;
    }
    String[] words = words(text, length);
    for (int i = 1; i < words.length; i++) {
      if (isFree(words, i) && counters[counter(words, i)] == GROUP) {
        KnownTemplate group = table.get(id(with(words, i)));
        if (group != null) {
          return group;
        }
      }
    }
    return null;
  }

  /**
   * Adds a new template of the table to the counts.
   *
   * @return the group that stands for it from now on; null if there is none
   */
  @Nullable KnownTemplate join(KnownTemplate template) {
    String[] words = words(template.text, template.text.length);
    pause--;
    for (int i = 1; i < words.length; i++) {
      if (!isFree(words, i)) {
        continue;
      }
      int counter = counter(words, i);
      if (counters[counter] == GROUP) {
        // The table has dropped the group, or find would have found it.
        counters[counter] = 0;
      }
      if (add(counter) >= MANY && pause <= 0 && merged.size() < MAX_MERGED) {
        KnownTemplate group = merge(words, i);
        if (group != null) {
          counters[counter] = GROUP;
          count(group);
          return group;
        }
        counters[counter] = 0;
        pause = PAUSE;
      }
    }
    return null;
  }

  private @Nullable KnownTemplate merge(String[] words, int place) {
    byte[] text = with(words, place).getBytes(StandardCharsets.UTF_8);
    List<KnownTemplate> members = new ArrayList<>();
    for (KnownTemplate other : table.all()) {
      if (differs(words, place, other)) {
        members.add(other);
      }
    }
    if (members.size() < MANY) {
      return null;
    }
    long id = TemplateNames.id(text, 0, text.length);
    KnownTemplate known = table.get(id);
    KnownTemplate group =
        (known != null) ? known : new KnownTemplate(id, text, members.getFirst().first);
    if (known == null) {
      // The birth of its first member is the group's: whoever was told of that one knows it.
      KnownTemplate eldest = Collections.min(members, BY_AGE);
      group.born = eldest.born;
      group.learned = eldest.learned;
      group.told = eldest.durable;
      table.add(group);
    }
    group.changed = true;
    for (KnownTemplate member : members) {
      long before = group.memoryBytes();
      group.addAll(member);
      table.resized(before, group);
      table.remove(member.id);
      member.mergedInto = group;
      merged(member.id, id);
      fresh.add(member.id);
    }
    return group;
  }

  /** Whether a template has the same words, except for one. */
  private static boolean differs(String[] words, int place, KnownTemplate other) {
    String[] others = words(other.text, other.text.length);
    if (others.length != words.length || !isFree(others, place)) {
      return false;
    }
    for (int i = 0; i < words.length; i++) {
      if (i != place && !words[i].equals(others[i])) {
        return false;
      }
    }
    return true;
  }

  /** Notes that a template became part of another. */
  void merged(long id, long into) {
    table.remove(id);
    merged.put(id, into);
  }

  /** The id that stands for one now. */
  long current(long id) {
    long current = id;
    for (Long next = merged.get(id); next != null; next = merged.get(next)) {
      current = next;
    }
    return current;
  }

  /** Hands over what the log has to write. */
  void drain(TemplateChanges changes) {
    fresh.forEach((id) -> changes.merged(id, merged.getOrDefault(id, id)));
    fresh.clear();
  }

  /** Writes all for a snapshot. */
  void write(TemplateChanges changes) {
    merged.forEach(changes::merged);
    fresh.clear();
  }

  private static String[] words(byte[] text, int length) {
    String[] words = new String(text, 0, length, StandardCharsets.UTF_8).split(" ", -1);
    return (words.length > MAX_WORDS) ? new String[0] : words;
  }

  /** Whether a word may become a placeholder. */
  private static boolean isFree(String[] words, int place) {
    if (words[place].isEmpty() || words[place].contains(TemplateNames.PLACE)) {
      return false;
    }
    int fixed = 0;
    for (int i = 0; i < words.length; i++) {
      fixed +=
          (i != place && !words[i].isEmpty() && !words[i].contains(TemplateNames.PLACE)) ? 1 : 0;
    }
    return fixed >= MIN_FIXED;
  }

  private static String with(String[] words, int place) {
    String[] changed = words.clone();
    changed[place] = TemplateNames.PLACE;
    return String.join(" ", changed);
  }

  private static long id(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return TemplateNames.id(bytes, 0, bytes.length);
  }

  private static int counter(String[] words, int place) {
    return counter(with(words, place).getBytes(StandardCharsets.UTF_8), words.length);
  }

  private static int counter(byte[] text, int words) {
    return (int) Hash.bytes(text, 0, text.length, words) & COUNTERS - 1;
  }
}
