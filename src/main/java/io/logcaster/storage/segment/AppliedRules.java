package io.logcaster.storage.segment;

import io.logcaster.storage.RetentionRule;
import io.logcaster.storage.segment.bytes.CheckedText;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The time up to which each retention rule was applied to each segment. A {@link CheckedText} with
 * the lines
 *
 * <pre>
 * logcaster-applied-rules 1
 * rule 0 level%3ADEBUG               its number in this file and its filter, percent-encoded
 * applied 0 42 1795219200000000000   rule, number of the segment, time in nanoseconds
 * </pre>
 *
 * <p>Missing information only causes a segment to be read once more. So the file need not be
 * written at once, and a damaged one is ignored. Not thread-safe.
 */
final class AppliedRules {

  static final String FILE = "APPLIED_RULES";

  static final String HEAD = "logcaster-applied-rules 1";

  private final Path directory;

  /** The times by the rule's filter, then by the segment's number. */
  private final Map<String, Map<Long, Long>> times = new TreeMap<>();

  private boolean changed;

  private AppliedRules(Path directory) {
    this.directory = directory;
  }

  static AppliedRules read(Path directory) throws IOException {
    AppliedRules rules = new AppliedRules(directory);
    try {
      Map<String, Map<Long, Long>> numbered = new HashMap<>();
      for (String line : CheckedText.read(directory.resolve(FILE), HEAD)) {
        String[] words = line.split(" ", -1);
        if (words[0].equals("rule")) {
          Map<Long, Long> segments = new HashMap<>();
          numbered.put(words[1], segments);
          rules.times.put(URLDecoder.decode(words[2], StandardCharsets.UTF_8), segments);
        } else {
          numbered
              .getOrDefault(words[1], new HashMap<>())
              .put(Long.parseLong(words[2]), Long.parseLong(words[3]));
        }
      }
    } catch (NoSuchFileException | CheckedText.CorruptTextException ex) {
      rules.changed = true;
    }
    return rules;
  }

  /** The time up to which a rule was applied to a segment; {@link Long#MIN_VALUE} for never. */
  long appliedTo(RetentionRule rule, SegmentHandle segment) {
    return times.getOrDefault(rule.text(), Map.of()).getOrDefault(number(segment), Long.MIN_VALUE);
  }

  void applied(RetentionRule rule, SegmentHandle segment, long time) {
    times.computeIfAbsent(rule.text(), (text) -> new HashMap<>()).put(number(segment), time);
    changed = true;
  }

  /**
   * Replaces segments: the added ones inherit the earliest time of the removed ones, before whose
   * first record there is nothing to which a rule could apply.
   */
  void replaced(List<SegmentHandle> removed, List<SegmentHandle> added) {
    for (Map<Long, Long> applied : times.values()) {
      long least = Long.MAX_VALUE;
      for (SegmentHandle segment : removed) {
        long time = applied.getOrDefault(number(segment), Long.MIN_VALUE);
        least = Math.min(least, Math.max(time, segment.info().minTime()));
      }
      for (SegmentHandle segment : added) {
        applied.put(number(segment), least);
        changed = true;
      }
    }
  }

  /** Writes changes, if any, such as those of merges. */
  void write(List<SegmentHandle> segments) throws IOException {
    if (!times.isEmpty()) {
      write(Set.copyOf(times.keySet()), segments);
    }
  }

  /**
   * Writes changes, if any, and forgets rules and segments that no longer exist.
   *
   * @param rules the filters of the rules in force
   */
  void write(Set<String> rules, List<SegmentHandle> segments) throws IOException {
    if (!changed) {
      return;
    }
    Set<Long> numbers = new HashSet<>();
    segments.forEach((segment) -> numbers.add(number(segment)));
    times.keySet().retainAll(rules);
    List<String> lines = new ArrayList<>();
    int rule = 0;
    for (Map.Entry<String, Map<Long, Long>> entry : times.entrySet()) {
      int number = rule++;
      lines.add("rule " + number + ' ' + URLEncoder.encode(entry.getKey(), StandardCharsets.UTF_8));
      entry.getValue().keySet().retainAll(numbers);
      entry
          .getValue()
          .forEach((segment, time) -> lines.add("applied " + number + ' ' + segment + ' ' + time));
    }
    CheckedText.write(directory, FILE, HEAD, lines);
    changed = false;
  }

  private static long number(SegmentHandle segment) {
    return Partitions.number(segment.file());
  }
}
