package io.logcaster.template;

import io.logcaster.query.TemplateNames;
import io.logcaster.record.ByteBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The known templates in memory, and the {@link TemplateLog} that has them on disk. Not
 * thread-safe: guarded by the lock of {@link TemplateRegistry}.
 */
final class TemplateStore {

  private static final Logger LOG = LoggerFactory.getLogger(TemplateStore.class);

  /** The size of a snapshot's frames in bytes: so much more memory does rewriting take. */
  private static final int FRAME_BYTES = 1 << 20;

  /** By what share of their number templates may exceed the limit until the next commit. */
  private static final int SLACK_SHARE = 20;

  private final TemplateTable table;
  private final WordGroups groups;
  private final TemplateLog log;
  private final int maxCount;

  /** Templates that the log has to write: new ones, and those with an older first record. */
  private final Set<KnownTemplate> pending = new LinkedHashSet<>();

  /** Changes besides those that the log has to write. */
  private TemplateChanges unwritten = new TemplateChanges();

  /** Whether the log has what it must not have, or lacks what a failed write did not add. */
  private boolean behind;

  private long flushed;
  private long history;
  private long since;
  private boolean failing;

  /** Whether templates were dropped since {@link #takeDropped}. */
  private boolean dropped;

  TemplateStore(Path directory, int maxCount, long maxBytes) {
    this.maxCount = maxCount;
    table = new TemplateTable(maxCount, maxBytes);
    groups = new WordGroups(table);
    log = new TemplateLog(directory);
  }

  /**
   * Reads the log.
   *
   * @param sequence the last one of the write-ahead log in segments; 0 if there are none
   * @param now nanoseconds since the epoch
   */
  void load(long sequence, long now) {
    try {
      if (log.open((changes) -> TemplateChanges.read(changes, new Replay()))) {
        // Segments are newer than what the log has seen, or the directory has other records now.
        flushed = Math.min(flushed, sequence);
      } else {
        since = now;
        flushed = sequence;
        history = sequence;
        unwritten.since(since);
        unwritten.flushed(flushed);
        unwritten.history(history);
      }
      groups.countAll();
    } catch (IOException | RuntimeException ex) {
      behind = true;
      since = now;
      LOG.error("Cannot read the known templates; they are learned again", ex);
    }
  }

  /** What the log says. */
  private final class Replay implements TemplateChanges.Visitor {

    @Override
    public void flushed(long sequence) {
      flushed = sequence;
    }

    @Override
    public void since(long time) {
      since = time;
    }

    @Override
    public void history(long sequence) {
      history = sequence;
    }

    @Override
    public void merged(long id, long into) {
      groups.merged(id, into);
    }

    @Override
    public void forgotten(long id) {
      table.forget(id);
    }

    @Override
    public void records(long id, long day, long count, long latest) {
      KnownTemplate template = table.get(id);
      if (template != null) {
        add(template, day, count, latest);
      }
    }

    @Override
    public void template(KnownTemplate template) {
      table.remove(template.id);
      table.add(template);
    }
  }

  private void add(KnownTemplate template, long day, long count, long latest) {
    long before = template.memoryBytes();
    template.add(day, count, latest);
    table.resized(before, template);
  }

  /** The known template with a text, or that of its group; null if there is none. */
  @Nullable KnownTemplate find(ByteBuilder name) {
    KnownTemplate known = table.get(TemplateNames.id(name.array(), 0, name.length()));
    return (known != null) ? known : groups.find(name.array(), name.length());
  }

  /** The template with an id, or the one that stands for it now. */
  @Nullable KnownTemplate get(long id) {
    return table.get(groups.current(id));
  }

  /** The id that stands for one now. */
  long current(long id) {
    return groups.current(id);
  }

  /**
   * Adds a new template.
   *
   * @return the one that stands for it
   */
  KnownTemplate add(KnownTemplate template) {
    template.born = history == 0 && !table.isForgotten(template.id);
    table.add(template);
    pending.add(template);
    KnownTemplate group = groups.join(template);
    if (group != null) {
      pending.removeIf((each) -> each.mergedInto != null);
      pending.add(group);
      dropped = true;
    }
    if (table.size() > maxCount + maxCount / SLACK_SHARE) {
      shrink();
    }
    return (group != null) ? group : template;
  }

  /** Replaces what is known of a template's first record. */
  void describe(KnownTemplate template, FirstRecord first) {
    long before = template.memoryBytes();
    template.first = first;
    template.changed = true;
    if (!template.forgotten) {
      table.resized(before, template);
      pending.add(template);
    }
  }

  /**
   * Drops the examples and fields of records of some time, which were deleted. The next record of a
   * template gives another example.
   */
  void strip(long minTime, long maxTime) {
    for (KnownTemplate template : table.all()) {
      FirstRecord first = template.first;
      if (first.exampleTime() >= minTime && first.exampleTime() <= maxTime && !first.isBare()) {
        describe(template, first.bare());
        behind = true;
      }
    }
  }

  /** Whether templates were dropped since the last call. */
  boolean takeDropped() {
    boolean were = dropped;
    dropped = false;
    return were;
  }

  boolean hasNews() {
    return !pending.isEmpty();
  }

  /**
   * Commits counts and new templates. What cannot be written is written by the next commit.
   *
   * @param sequence the last one of the write-ahead log whose flush is known
   * @param historyLeft segments up to this sequence are still to be learned
   * @param now nanoseconds since the epoch
   * @return the births that are durable now
   */
  List<TemplateBirth> commit(Tally tally, long sequence, long historyLeft, long now) {
    if (sequence != flushed) {
      flushed = sequence;
      unwritten.flushed(sequence);
    }
    count(tally);
    if (historyLeft != history) {
      history = historyLeft;
      unwritten.history(historyLeft);
    }
    shrink();
    try {
      List<TemplateBirth> births = write(now);
      failing = false;
      return births;
    } catch (IOException ex) {
      behind = true;
      if (!failing) {
        LOG.warn("Cannot save the known templates; retrying with the next records", ex);
      }
      failing = true;
      return List.of();
    }
  }

  private void count(Tally tally) {
    tally
        .entries()
        .forEach(
            (template, entries) -> {
              KnownTemplate known = template;
              while (known.mergedInto != null) {
                known = known.mergedInto;
              }
              if (known.forgotten) {
                return;
              }
              for (Tally.Entry entry = entries; entry != null; entry = entry.next) {
                add(known, entry.day, entry.count, entry.latest);
                if (known.durable && !known.changed) {
                  unwritten.records(known.id, entry.day, entry.count, entry.latest);
                }
              }
            });
  }

  private void shrink() {
    for (KnownTemplate template : table.shrink()) {
      dropped = true;
      pending.remove(template);
      if (template.durable) {
        unwritten.forgotten(template.id);
      }
    }
  }

  /** Writes all changes; returns the births that are durable now. */
  private List<TemplateBirth> write(long now) throws IOException {
    if (behind || log.isLong()) {
      log.rewrite(this::snapshot);
      unwritten = new TemplateChanges();
      behind = false;
    }
    groups.drain(unwritten);
    List<KnownTemplate> fresh = new ArrayList<>();
    for (KnownTemplate template : pending) {
      if (template.learned == 0) {
        template.learned = now;
      }
      if (!template.durable && !template.told) {
        fresh.add(template);
      }
      unwritten.template(template);
    }
    if (unwritten.size() == 0) {
      return List.of();
    }
    log.append(unwritten);
    unwritten = new TemplateChanges();
    for (KnownTemplate template : pending) {
      template.durable = true;
      template.changed = false;
    }
    pending.clear();
    return fresh.stream().filter((template) -> template.born).map(KnownTemplate::birth).toList();
  }

  private void snapshot(TemplateLog.Frames frames) throws IOException {
    TemplateChanges changes = new TemplateChanges();
    changes.since(since);
    changes.flushed(flushed);
    changes.history(history);
    for (long id : table.forgotten().all()) {
      changes.forgotten(id);
    }
    groups.write(changes);
    for (KnownTemplate template : table.all()) {
      if (template.durable) {
        changes.template(template);
      }
      if (changes.size() > FRAME_BYTES) {
        frames.add(changes);
        changes = new TemplateChanges();
      }
    }
    frames.add(changes);
  }

  /** Writes what is durable to another directory. */
  void copyTo(Path directory) throws IOException {
    TemplateLog.copyTo(directory, this::snapshot);
  }

  long flushed() {
    return flushed;
  }

  long history() {
    return history;
  }

  long since() {
    return since;
  }

  int size() {
    return table.size();
  }

  long memoryBytes() {
    return table.bytes();
  }

  /** The templates that are durable. */
  Stream<KnownTemplate> all() {
    return table.all().stream().filter((template) -> template.durable);
  }

  void close() throws IOException {
    log.close();
  }
}
