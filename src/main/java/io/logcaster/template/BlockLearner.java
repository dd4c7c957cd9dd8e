package io.logcaster.template;

import io.logcaster.query.TemplateNames;
import io.logcaster.record.Timestamps;
import io.logcaster.storage.MessageBlock;
import io.logcaster.storage.MessageObserver;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Learns the templates of the messages of one flush. The storage has grouped the messages, so
 * mostly there is one look-up for each group of a block, and two comparisons for each message.
 */
final class BlockLearner implements MessageObserver.Flush {

  private static final Logger LOG = LoggerFactory.getLogger(BlockLearner.class);

  /**
   * How many templates may be computed for one flush: some milliseconds. A program that prints a
   * different text each time must not slow down the others; what it prints beyond this is not
   * counted.
   */
  static final int MAX_COMPUTED = 20_000;

  /** Of longer messages, the group does not say where they are cut. */
  private static final int MAX_GROUPED = TemplateNames.MAX_LENGTH / 2;

  /** Stands for a group whose messages have different templates. */
  private static final Object DIFFERENT = "different";

  /** Tells the keys of groups from those of messages. */
  private static final long GROUP = 0x6a09e667f3bcc908L;

  private final TemplateRegistry registry;
  private final long sequence;
  private final Tally tally = new Tally();
  private int computed;
  private long uncounted;
  private int[] counts = {};
  private int[] firsts = {};
  private long[] latest = {};
  private @Nullable Object[] found = {};

  BlockLearner(TemplateRegistry registry, long sequence) {
    this.registry = registry;
    this.sequence = sequence;
  }

  @Override
  public void block(MessageBlock block) {
    if (block.size() == 0) {
      return;
    }
    registry.lock();
    try {
      learn(block);
    } catch (RuntimeException ex) {
      // Records matter more than what is known of them.
      LOG.warn("Cannot learn the templates of a block", ex);
    } finally {
      registry.unlock();
    }
  }

  private void learn(MessageBlock block) {
    int groups = block.groups();
    if (groups == 0) {
      for (int i = 0; i < block.size(); i++) {
        single(block, i);
      }
      return;
    }
    long day = sum(block, groups);
    boolean singles = day < 0;
    for (int group = 0; group < groups; group++) {
      Object known = (counts[group] == 0) ? DIFFERENT : group(block, group);
      found[group] = known;
      if (known instanceof KnownTemplate template) {
        int i = firsts[group];
        if (TemplateRegistry.isOfInterest(template, block.time(i))) {
          registry.seen(
              template, block.bytes(i), block.start(i), block.end(i), block.batch(i), block.row(i));
        }
        if (day >= 0) {
          tally.add(template, day, counts[group], latest[group]);
        }
      } else {
        singles |= counts[group] > 0;
      }
    }
    for (int i = 0; singles && i < block.size(); i++) {
      if (!(found[block.group(i)] instanceof KnownTemplate template)) {
        single(block, i);
      } else if (day < 0) {
        tally.add(template, day(block.time(i)), 1, block.time(i));
      }
    }
    Arrays.fill(found, 0, groups, null);
  }

  /**
   * Finds each group's first and latest message, and counts them.
   *
   * @return the day of all messages; -1 if they are of several days
   */
  private long sum(MessageBlock block, int groups) {
    if (counts.length < groups) {
      counts = new int[groups];
      firsts = new int[groups];
      latest = new long[groups];
      found = new Object[groups];
    }
    Arrays.fill(counts, 0, groups, 0);
    long[] earliest = new long[groups];
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    for (int i = 0; i < block.size(); i++) {
      int group = block.group(i);
      long time = block.time(i);
      if (counts[group]++ == 0) {
        firsts[group] = i;
        earliest[group] = time;
        latest[group] = time;
      } else if (time < earliest[group]) {
        firsts[group] = i;
        earliest[group] = time;
      } else if (time > latest[group]) {
        latest[group] = time;
      }
      min = Math.min(min, time);
      max = Math.max(max, time);
    }
    return (day(min) == day(max)) ? day(min) : -1;
  }

  private static long day(long time) {
    return Math.floorDiv(time, Timestamps.DAY);
  }

  private Object group(MessageBlock block, int group) {
    long key = block.key(group) ^ GROUP;
    Object known = registry.cached(key);
    if (known == null) {
      int i = firsts[group];
      byte[] bytes = block.bytes(i);
      int from = block.start(i);
      int to = block.end(i);
      known =
          (to - from <= MAX_GROUPED && registry.shared(bytes, from, to))
              ? registry.named(bytes, from, to, block.batch(i), block.row(i))
              : DIFFERENT;
      registry.cache(key, known);
      computed++;
    }
    return known;
  }

  private void single(MessageBlock block, int i) {
    byte[] bytes = block.bytes(i);
    int from = block.start(i);
    int to = block.end(i);
    long key = MessageKey.of(bytes, from, TemplateNames.cut(bytes, from, to));
    Object known = (key == MessageKey.NONE) ? null : registry.cached(key);
    KnownTemplate template;
    if (known instanceof KnownTemplate hit) {
      template = hit;
      registry.seen(template, bytes, from, to, block.batch(i), block.row(i));
    } else if (computed < MAX_COMPUTED) {
      computed++;
      template = registry.template(bytes, from, to, block.batch(i), block.row(i));
      registry.seen(template, bytes, from, to, block.batch(i), block.row(i));
      if (key != MessageKey.NONE) {
        registry.cache(key, template);
      }
    } else {
      uncounted++;
      return;
    }
    tally.add(template, day(block.time(i)), 1, block.time(i));
  }

  @Override
  public void committed() {
    try {
      registry.commitFlush(tally, uncounted, sequence);
    } catch (RuntimeException ex) {
      LOG.warn("Cannot save the templates of a flush", ex);
    }
  }
}
