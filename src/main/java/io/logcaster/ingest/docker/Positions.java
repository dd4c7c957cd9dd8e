package io.logcaster.ingest.docker;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers up to which time each container's log is stored. The storage knows the number of the
 * last batch of each container, and this file knows the time at which each of the last batches
 * ends. It is written before a batch is handed in, so that wherever the process stops the two
 * together say where to continue:
 *
 * <pre>
 * logcaster-docker 1
 * since 1795946400000000000
 * 4b2f… 17=1795946401000000000 18=1795946402000000000
 * </pre>
 *
 * <p>{@code since} is the time from which on logs are read of containers without a line. Times are
 * nanoseconds since the epoch. Thread-safe.
 */
final class Positions {

  private static final Logger LOG = LoggerFactory.getLogger(Positions.class);

  private static final String HEAD = "logcaster-docker 1";

  private static final String SINCE = "since";

  private final Path file;
  private final Map<String, TreeMap<Long, Long>> containers = new HashMap<>();

  /** The last durable batch of each container, of which the map above does not know yet. */
  private final Map<String, Long> confirmed = new ConcurrentHashMap<>();

  private long since;

  private Positions(Path file, long since) {
    this.file = file;
    this.since = since;
  }

  /**
   * Reads the positions.
   *
   * @param since where to begin if there are none
   */
  static Positions load(Path file, long since) throws IOException {
    Positions positions = new Positions(file, since);
    try {
      List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
      positions.read(lines);
    } catch (NoSuchFileException ex) {
      positions.write();
    } catch (IllegalArgumentException ex) {
      LOG.warn("{} is damaged; containers' logs are read from now on", file, ex);
      positions.containers.clear();
      positions.since = since;
      positions.write();
    }
    return positions;
  }

  private void read(List<String> lines) {
    if (lines.isEmpty() || !lines.getFirst().equals(HEAD)) {
      throw new IllegalArgumentException("no head");
    }
    for (String line : lines.subList(1, lines.size())) {
      String[] words = line.split(" ", -1);
      if (words[0].equals(SINCE) && words.length == 2) {
        since = Long.parseLong(words[1]);
        continue;
      }
      TreeMap<Long, Long> times = new TreeMap<>();
      for (int i = 1; i < words.length; i++) {
        int equals = words[i].indexOf('=');
        times.put(
            Long.parseLong(words[i], 0, Math.max(0, equals), 10),
            Long.parseLong(words[i], equals + 1, words[i].length(), 10));
      }
      containers.put(words[0], times);
    }
  }

  /**
   * The time up to which a container's log is stored.
   *
   * @param number the number of its last batch; -1 if there is none
   */
  synchronized long timeOf(String id, long number) {
    Map.Entry<Long, Long> last = containers.getOrDefault(id, new TreeMap<>()).floorEntry(number);
    return (last == null) ? since : last.getValue();
  }

  /** Remembers where a batch ends, which is about to be handed in. */
  synchronized void plan(String id, long number, long time) throws IOException {
    TreeMap<Long, Long> times = containers.computeIfAbsent(id, (key) -> new TreeMap<>());
    times.put(number, time);
    Long durable = confirmed.remove(id);
    if (durable != null) {
      times.headMap(durable).clear();
    }
    write();
  }

  /** Takes note of a batch that is durable, so that those before it are forgotten. Never waits. */
  void confirm(String id, long number) {
    confirmed.put(id, number);
  }

  /** Forgets all other containers, which have been removed. */
  synchronized void retain(Set<String> ids) {
    containers.keySet().retainAll(ids);
    confirmed.keySet().retainAll(ids);
  }

  private void write() throws IOException {
    StringBuilder text = new StringBuilder(HEAD).append('\n');
    text.append(SINCE).append(' ').append(since).append('\n');
    containers.forEach(
        (id, times) ->
            text.append(id)
                .append(' ')
                .append(
                    times.entrySet().stream()
                        .map((entry) -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining(" ")))
                .append('\n'));
    Path next = file.resolveSibling(file.getFileName() + ".tmp");
    Files.writeString(next, text);
    try (FileChannel channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
