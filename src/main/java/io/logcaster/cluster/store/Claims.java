package io.logcaster.cluster.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which messages of a partition belong to which node although the group is already past them: the
 * metadata of the group's committed offset. Kafka's coordinator accepts a commit only from the
 * present owner of the partition, so that each message is claimed by exactly one node.
 *
 * <pre>
 * claims  = "2" *(" " claim) *(" " holding) *(" " removal)
 * claim   = node ":" first "-" last
 * holding = node "=" first "-" last
 * removal = node "!"
 * </pre>
 *
 * <p>A node claims messages before it stores them. It then stores them under any circumstances, if
 * necessary after a restart and when the partition has long been given to another node; its storage
 * knows how many of them it has. Whoever owns the partition carries the claims of others forward.
 *
 * <p>Holdings say which node claimed which messages, also when it has stored them, so that they can
 * be read again if its disk is lost. They are in the order of the messages; the oldest are left out
 * where space is short or the topic no longer has their messages. A removed node is one whose
 * holdings another has read again; it must not come back with its records. Version 1 has claims
 * alone.
 *
 * @param ranges the claimed messages of each node, one range per node
 * @param holdings who took what, the oldest first
 * @param removed the nodes that have been replaced
 */
record Claims(Map<String, Range> ranges, List<Holding> holdings, Set<String> removed) {

  static final Claims NONE = new Claims(Map.of(), List.of(), Set.of());

  private static final String VERSION = "2";

  private static final String FIRST_VERSION = "1";

  /** Brokers accept 4,096 bytes unless somebody has changed offset.metadata.max.bytes. */
  static final int MAX_LENGTH = 4_000;

  private static final Pattern WORD =
      Pattern.compile("([0-9a-z]{1,32})(?:([:=])(\\d{1,19})-(\\d{1,19})|!)");

  /**
   * @param first the offset of the first message
   * @param last the offset of the last one
   */
  record Range(long first, long last) {

    @Override
    public String toString() {
      return first + "-" + last;
    }
  }

  /** Messages that a node has claimed at some time. */
  record Holding(String node, Range range) {

    @Override
    public String toString() {
      return node + "=" + range;
    }
  }

  Claims {
    ranges = Map.copyOf(ranges);
    holdings = List.copyOf(holdings);
    removed = Set.copyOf(removed);
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
    String version = words.next();
    boolean known = version.equals(VERSION) || version.equals(FIRST_VERSION);
    Map<String, Range> ranges = new TreeMap<>();
    List<Holding> holdings = new ArrayList<>();
    Set<String> removed = new TreeSet<>();
    while (known && words.hasNext()) {
      Matcher word = WORD.matcher(words.next());
      known = word.matches();
      if (!known) {
        break;
      }
      String node = word.group(1);
      if (word.group(2) == null) {
        removed.add(node);
        continue;
      }
      Range range = new Range(Long.parseLong(word.group(3)), Long.parseLong(word.group(4)));
      if (word.group(2).equals(":")) {
        ranges.put(node, range);
      } else {
        holdings.add(new Holding(node, range));
      }
    }
    if (!known) {
      throw new IOException("The group's offset carries claims of another version: " + metadata);
    }
    return new Claims(ranges, holdings, removed);
  }

  @Nullable Range of(String node) {
    return ranges.get(node);
  }

  Claims without(String node) {
    Map<String, Range> others = new TreeMap<>(ranges);
    others.remove(node);
    return new Claims(others, holdings, removed);
  }

  /** Replaces the claim of a node. */
  Claims with(String node, Range range) {
    Map<String, Range> all = new TreeMap<>(ranges);
    all.put(node, range);
    return new Claims(all, holdings, removed);
  }

  /** Adds that a node, the present owner of the partition, holds messages. */
  Claims holding(String node, Range range) {
    List<Holding> all = new ArrayList<>(holdings);
    Range own = range;
    while (!all.isEmpty() && all.getLast().node().equals(node)) {
      Range last = all.removeLast().range();
      own = new Range(Math.min(last.first(), own.first()), Math.max(last.last(), own.last()));
    }
    all.add(new Holding(node, own));
    return new Claims(ranges, all, removed);
  }

  /** Forgets who held the messages before one that the topic still has. */
  Claims after(long first) {
    return new Claims(
        ranges,
        holdings.stream().filter((holding) -> holding.range().last() >= first).toList(),
        removed);
  }

  /** Adds nodes that have been replaced. */
  Claims removing(Set<String> nodes) {
    Set<String> all = new TreeSet<>(removed);
    all.addAll(nodes);
    return new Claims(ranges, holdings, all);
  }

  /** What a node holds or has claimed, in the order of the messages. */
  List<Range> heldBy(String node) {
    List<Range> held = new ArrayList<>();
    for (Holding holding : holdings) {
      if (holding.node().equals(node)) {
        held.add(holding.range());
      }
    }
    Range claim = ranges.get(node);
    if (claim != null
        && held.stream()
            .noneMatch((all) -> all.first() <= claim.first() && claim.last() <= all.last())) {
      held.add(claim); // of version 1
    }
    held.sort((one, other) -> Long.compare(one.first(), other.first()));
    return held;
  }

  /** The metadata; empty if there is nothing to say. Longer than allowed with too many claims. */
  String print() {
    List<String> words = new ArrayList<>();
    new TreeMap<>(ranges).forEach((node, range) -> words.add(node + ":" + range));
    int claims = words.size();
    holdings.forEach((holding) -> words.add(holding.toString()));
    new TreeSet<>(removed).forEach((node) -> words.add(node + "!"));
    if (words.isEmpty()) {
      return "";
    }
    int length = VERSION.length() + words.stream().mapToInt((word) -> 1 + word.length()).sum();
    for (int left = holdings.size(); length > MAX_LENGTH && left > 0; left--) {
      length -= 1 + words.remove(claims).length();
    }
    return VERSION + " " + String.join(" ", words);
  }
}
