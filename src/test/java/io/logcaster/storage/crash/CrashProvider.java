package io.logcaster.storage.crash;

import io.logcaster.storage.crash.Journal.Node;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Performs every operation on the real file system and records it in the journal. */
final class CrashProvider extends FileSystemProvider {

  private final CrashFileSystem system;
  private final Journal journal;

  CrashProvider(CrashFileSystem system, Journal journal) {
    this.system = system;
    this.journal = journal;
  }

  private static Path real(Path path) {
    return CrashFileSystem.real(path);
  }

  private static String name(Path path) {
    return path.toAbsolutePath().normalize().getFileName().toString();
  }

  private Node node(Path path) throws NoSuchFileException {
    Node node = system.node(real(path));
    if (node == null) {
      throw new NoSuchFileException(path.toString());
    }
    return node;
  }

  @Override
  public FileChannel newFileChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    Path real = real(path);
    synchronized (journal) {
      FileChannel channel = FileChannel.open(real, options, attributes);
      Node node = system.node(real);
      if (node == null) {
        node = new Node(false, new byte[0]);
        journal.put(system.parent(real), name(real), node);
      } else if (options.contains(StandardOpenOption.TRUNCATE_EXISTING)) {
        journal.truncate(node, 0);
      }
      return new CrashChannel(
          system, journal, node, channel, options.contains(StandardOpenOption.APPEND));
    }
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return newFileChannel(path, options, attributes);
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path directory, DirectoryStream.Filter<? super Path> filter) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(real(directory))) {
      for (Path path : stream) {
        Path wrapped = system.wrap(path);
        if (filter.accept(wrapped)) {
          found.add(wrapped);
        }
      }
    }
    return new DirectoryStream<>() {
      @Override
      public Iterator<Path> iterator() {
        return found.iterator();
      }

      @Override
      public void close() {
        // Everything is already read.
      }
    };
  }

  @Override
  public void createDirectory(Path directory, FileAttribute<?>... attributes) throws IOException {
    Path real = real(directory);
    synchronized (journal) {
      Files.createDirectory(real, attributes);
      journal.put(system.parent(real), name(real), new Node(true, new byte[0]));
    }
  }

  @Override
  public void createLink(Path link, Path existing) throws IOException {
    synchronized (journal) {
      Files.createLink(real(link), real(existing));
      journal.put(system.parent(real(link)), name(real(link)), node(existing));
    }
  }

  @Override
  public void delete(Path path) throws IOException {
    synchronized (journal) {
      Files.delete(real(path));
      journal.remove(system.parent(real(path)), name(real(path)));
    }
  }

  @Override
  public void copy(Path source, Path target, CopyOption... options) throws IOException {
    synchronized (journal) {
      Files.copy(real(source), real(target), options);
      boolean directory = Files.isDirectory(real(target));
      Node copy = new Node(directory, new byte[0]);
      journal.put(system.parent(real(target)), name(real(target)), copy);
      if (!directory) {
        journal.write(copy, 0, Files.readAllBytes(real(target)));
      }
    }
  }

  @Override
  public void move(Path source, Path target, CopyOption... options) throws IOException {
    synchronized (journal) {
      Files.move(real(source), real(target), options);
      journal.rename(
          system.parent(real(source)),
          name(real(source)),
          system.parent(real(target)),
          name(real(target)));
    }
  }

  @Override
  public boolean isSameFile(Path path, Path other) throws IOException {
    return Files.isSameFile(real(path), real(other));
  }

  @Override
  public boolean isHidden(Path path) throws IOException {
    return Files.isHidden(real(path));
  }

  @Override
  public FileStore getFileStore(Path path) throws IOException {
    return new CrashFileStore(Files.getFileStore(real(path)), system);
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    real(path).getFileSystem().provider().checkAccess(real(path), modes);
  }

  @Override
  public <V extends FileAttributeView> @Nullable V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    return Files.getFileAttributeView(real(path), type, options);
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    return Files.readAttributes(real(path), type, options);
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
      throws IOException {
    return Files.readAttributes(real(path), attributes, options);
  }

  @Override
  public void setAttribute(Path path, String attribute, Object value, LinkOption... options)
      throws IOException {
    Files.setAttribute(real(path), attribute, value, options);
  }

  @Override
  public String getScheme() {
    return "crash";
  }

  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
    throw new IllegalArgumentException("Made by its constructor, not by " + uri);
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    return system;
  }

  @Override
  public Path getPath(URI uri) {
    return system.wrap(Path.of(uri));
  }
}
