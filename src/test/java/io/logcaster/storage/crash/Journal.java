package io.logcaster.storage.crash;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All changes of a directory tree in order, with the syncs between them. As in POSIX, a change of a
 * file is safe once the file is synced, and a name once its directory is synced: syncing a file
 * does not make its name durable. Changes that are not safe may survive or not, in any combination,
 * and writes also in part.
 */
final class Journal {

  /** Which of the unsynced changes a crash loses. */
  enum Loss {
    /** Nothing, as after a killed process. */
    NOTHING,
    /** All of them. */
    EVERYTHING,
    /** Changes reach the disk in order, and the last one may be torn. */
    TAIL,
    /** Any change may be lost, and any sector of a write. */
    ANY
  }

  /** Disks write whole sectors. */
  private static final int SECTOR = 512;

  /** A file or a directory, independent of its name. */
  static final class Node {

    private final boolean directory;
    private final byte[] content;
    private final Map<String, Node> entries = new TreeMap<>();
    private final Map<String, Node> names = new TreeMap<>();

    Node(boolean directory, byte[] content) {
      this.directory = directory;
      this.content = content;
    }

    /** The current entries of a directory. */
    Map<String, Node> names() {
      return names;
    }
  }

  private sealed interface Change {

    /** The nodes one of which must be synced to make the change safe. */
    List<Node> safeBy();
  }

  private record Write(Node file, long at, ByteBuffer bytes) implements Change {
    @Override
    public List<Node> safeBy() {
      return List.of(file);
    }
  }

  private record Truncate(Node file, long length) implements Change {
    @Override
    public List<Node> safeBy() {
      return List.of(file);
    }
  }

  private record Put(Node directory, String name, Node node) implements Change {
    @Override
    public List<Node> safeBy() {
      return List.of(directory);
    }
  }

  private record Remove(Node directory, String name) implements Change {
    @Override
    public List<Node> safeBy() {
      return List.of(directory);
    }
  }

  private record Rename(Node from, String name, Node to, String newName, Node node)
      implements Change {
    @Override
    public List<Node> safeBy() {
      return List.of(from, to);
    }
  }

  private record Sync(Node node) implements Change {
    @Override
    public List<Node> safeBy() {
      return List.of();
    }
  }

  private final Node root;
  private final List<Change> changes = new ArrayList<>();

  /** Starts with the current content of a tree, all of it safe. */
  Journal(Path directory) throws IOException {
    root = load(directory);
  }

  private static Node load(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return new Node(false, Files.readAllBytes(path));
    }
    Node node = new Node(true, new byte[0]);
    try (var children = Files.list(path)) {
      for (Path child : children.toList()) {
        node.entries.put(child.getFileName().toString(), load(child));
      }
    }
    node.names.putAll(node.entries);
    return node;
  }

  Node root() {
    return root;
  }

  /** The number of changes so far. */
  synchronized int size() {
    return changes.size();
  }

  synchronized void write(Node file, long at, byte[] bytes) {
    changes.add(new Write(file, at, ByteBuffer.wrap(bytes)));
  }

  synchronized void truncate(Node file, long length) {
    changes.add(new Truncate(file, length));
  }

  synchronized void sync(Node node) {
    changes.add(new Sync(node));
  }

  synchronized void put(Node directory, String name, Node node) {
    directory.names.put(name, node);
    changes.add(new Put(directory, name, node));
  }

  synchronized void remove(Node directory, String name) {
    directory.names.remove(name);
    changes.add(new Remove(directory, name));
  }

  synchronized void rename(Node from, String name, Node to, String newName) {
    Node node = from.names.remove(name);
    if (node == null) {
      throw new IllegalStateException(name + " is renamed but not there");
    }
    to.names.put(newName, node);
    changes.add(new Rename(from, name, to, newName, node));
  }

  /**
   * Writes what a crash leaves behind.
   *
   * @param moment the number of changes before the crash
   * @param target the directory for the tree, which must not exist
   */
  synchronized void crash(int moment, Loss loss, Random random, Path target) throws IOException {
    Map<Node, Integer> synced = new HashMap<>();
    for (int i = 0; i < moment; i++) {
      if (changes.get(i) instanceof Sync(Node node)) {
        synced.put(node, i);
      }
    }
    BitSet lost = new BitSet();
    for (int i = 0; i < moment; i++) {
      int index = i;
      lost.set(
          index,
          changes.get(i).safeBy().stream()
              .noneMatch((node) -> synced.getOrDefault(node, -1) > index));
    }
    int[] open = lost.stream().toArray();
    int tail = (open.length == 0) ? 0 : open[random.nextInt(open.length)];
    Image image = new Image(random);
    for (int i = 0; i < moment; i++) {
      if (!lost.get(i) || loss == Loss.NOTHING) {
        image.apply(changes.get(i), null);
      } else if (loss == Loss.TAIL && i <= tail) {
        image.apply(changes.get(i), (i == tail) ? Loss.TAIL : null);
      } else if (loss == Loss.ANY && random.nextBoolean()) {
        image.apply(changes.get(i), Loss.ANY);
      }
    }
    image.store(root, target);
  }

  /** The tree while changes are replayed. */
  private static final class Image {

    private final Map<Node, Map<String, Node>> directories = new HashMap<>();
    private final Map<Node, byte[]> files = new HashMap<>();
    private final Random random;

    Image(Random random) {
      this.random = random;
    }

    private Map<String, Node> names(Node directory) {
      return directories.computeIfAbsent(directory, (node) -> new TreeMap<>(node.entries));
    }

    void apply(Change change, @Nullable Loss tear) {
      switch (change) {
        case Write(Node file, long at, ByteBuffer bytes) -> write(file, (int) at, bytes, tear);
        case Truncate(Node file, long length) -> {
          byte[] before = files.getOrDefault(file, file.content);
          if (length < before.length) {
            files.put(file, Arrays.copyOf(before, (int) length));
          }
        }
        case Put(Node directory, String name, Node node) -> names(directory).put(name, node);
        case Remove(Node directory, String name) -> names(directory).remove(name);
        case Rename(Node from, String name, Node to, String newName, Node node) -> {
          names(from).remove(name, node);
          names(to).put(newName, node);
        }
        case Sync(Node node) -> {}
      }
    }

    private void write(Node file, int at, ByteBuffer bytes, @Nullable Loss tear) {
      int length = bytes.remaining();
      if (tear == Loss.TAIL) {
        length = random.nextInt(length + 1);
      }
      for (int from = 0; from < length; ) {
        int to = Math.min(length, ((at + from) / SECTOR + 1) * SECTOR - at);
        if (tear != Loss.ANY || random.nextInt(4) > 0) {
          byte[] content = files.getOrDefault(file, file.content);
          content = Arrays.copyOf(content, Math.max(content.length, at + to));
          bytes.get(from, content, at + from, to - from);
          files.put(file, content);
        }
        from = to;
      }
    }

    void store(Node node, Path target) throws IOException {
      if (!node.directory) {
        Files.write(target, files.getOrDefault(node, node.content));
        return;
      }
      Files.createDirectory(target);
      for (Map.Entry<String, Node> entry : names(node).entrySet()) {
        store(entry.getValue(), target.resolve(entry.getKey()));
      }
    }
  }
}
