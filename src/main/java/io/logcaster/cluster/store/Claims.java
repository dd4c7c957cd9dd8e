package io.logcaster.cluster.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which messages of a partition belong to which node although the group is already past them: the
 * metadata of the group's committed offset. Kafka's coordinator accepts a commit only from the
 * present owner of the partition, so that each message is claimed by exactly one node.
 *
 * <pre>
 * claims = "1" *(" " node ":" first "-" last)
 * </pre>
 *
 * <p>A node claims messages before it stores them. It then stores them under any circumstances, if
 * necessary after a restart and when the partition has long been given to another node; its storage
 * knows how many of them it has. Whoever owns the partition carries the claims of others forward.
 *
 * @param ranges the claimed messages of each node, one range per node
 */
record Claims(Map<String, Range> ranges) {

  static final Claims NONE = new Claims(Map.of());

  private static final String VERSION = "1";

  /** Brokers accept 4,096 bytes unless somebody has changed offset.metadata.max.bytes. */
  static final int MAX_LENGTH = 4_000;

  private static final Pattern CLAIM = Pattern.compile("([0-9a-z]{1,32}):(\\d{1,19})-(\\d{1,19})");

  /**
   * @param first the offset of the first message
   * @param last the offset of the last one
   */
  record Range(long first, long last) {}

  Claims {
    ranges = Map.copyOf(ranges);
  }

  /**
   * Reads the metadata of an offset.
   *
   * @throws IOException if another version has written it
   */
  static Claims parse(@Nullable String metadata) throws IOException {
    if (metadata == null || metadata.isEmpty()) {
      return NONE;
    }
    Iterator<String> words = List.of(metadata.split(" ", -1)).iterator();
    if (!words.next().equals(VERSION)) {
      throw new IOException("The group's offset carries claims of another version: " + metadata);
    }
    Map<String, Range> ranges = new TreeMap<>();
    while (words.hasNext()) {
      Matcher claim = CLAIM.matcher(words.next());
      if (!claim.matches()) {
        throw new IOException("The group's offset carries claims of another version: " + metadata);
      }
      ranges.put(
          claim.group(1),
          new Range(Long.parseLong(claim.group(2)), Long.parseLong(claim.group(3))));
    }
    return new Claims(ranges);
  }

  @Nullable Range of(String node) {
    return ranges.get(node);
  }

  Claims without(String node) {
    Map<String, Range> others = new TreeMap<>(ranges);
    others.remove(node);
    return new Claims(others);
  }

  /** Replaces the claim of a node. */
  Claims with(String node, Range range) {
    Map<String, Range> all = new TreeMap<>(ranges);
    all.put(node, range);
    return new Claims(all);
  }

  /** The metadata; empty without claims. */
  String print() {
    if (ranges.isEmpty()) {
      return "";
    }
    List<String> words = new ArrayList<>();
    words.add(VERSION);
    new TreeMap<>(ranges)
        .forEach((node, range) -> words.add(node + ":" + range.first() + "-" + range.last()));
    return words.stream().collect(Collectors.joining(" "));
  }
}
