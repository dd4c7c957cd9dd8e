package io.logcaster.storage.crash;

import io.logcaster.storage.crash.Journal.Loss;
import io.logcaster.storage.crash.Journal.Node;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A directory of the real file system whose changes are journaled. Paths of it work with {@link
 * Files} and {@link java.nio.channels.FileChannel} like any other; nothing is synced for real,
 * which makes it quick. Afterwards {@link #crash} writes what would have been left at any moment.
 * It can also run full, and fail to sync.
 */
public final class CrashFileSystem extends FileSystem {

  private final Path directory;
  private final Journal journal;
  private final CrashProvider provider;

  /** Bytes that may still be written; see {@link #leaveRoom}. */
  final AtomicLong room = new AtomicLong(Long.MAX_VALUE);

  final AtomicInteger failingSyncs = new AtomicInteger();

  final AtomicInteger failingCloses = new AtomicInteger();

  /**
   * Begins with a directory as it is, all of it synced.
   *
   * @param directory an existing directory of the real file system
   */
  public CrashFileSystem(Path directory) throws IOException {
    this.directory = directory.toRealPath();
    this.journal = new Journal(this.directory);
    this.provider = new CrashProvider(this, journal);
  }

  /** The directory as a path of this file system. */
  public Path root() {
    return new CrashPath(this, directory);
  }

  /** How many changes there were: the next moment to crash at. */
  public int moment() {
    return journal.size();
  }

  /**
   * Writes what a crash leaves to a directory of the real file system.
   *
   * @param moment after how many changes
   * @param random what decides which changes that were not synced are lost, and how writes are torn
   * @param target does not exist
   */
  public void crash(int moment, Random random, Path target) throws IOException {
    Loss[] losses = Loss.values();
    journal.crash(moment, losses[random.nextInt(losses.length)], random, target);
  }

  /** From now on so many bytes can be written; then the disk is full. */
  public void leaveRoom(long bytes) {
    room.set(bytes);
  }

  /** The next syncs fail. */
  public void failSyncs(int count) {
    failingSyncs.set(count);
  }

  /** The next files that are closed report a failure, as network file systems do. */
  public void failCloses(int count) {
    failingCloses.set(count);
  }

  CrashPath wrap(Path real) {
    return new CrashPath(this, real);
  }

  static Path real(Path path) {
    return (path instanceof CrashPath crash) ? crash.real() : path;
  }

  /** The node of a path; null where nothing is there. */
  @Nullable Node node(Path real) {
    Node node = journal.root();
    Path relative = directory.relativize(real.toAbsolutePath().normalize());
    for (Path name : relative) {
      if (!name.toString().isEmpty() && node != null) {
        node = node.names().get(name.toString());
      }
    }
    return node;
  }

  Node parent(Path real) throws NoSuchFileException {
    Node parent = node(real.resolveSibling(""));
    if (parent == null) {
      throw new NoSuchFileException(real.toString());
    }
    return parent;
  }

  @Override
  public FileSystemProvider provider() {
    return provider;
  }

  @Override
  public void close() {
    // The real file system stays open.
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public boolean isReadOnly() {
    return false;
  }

  @Override
  public String getSeparator() {
    return directory.getFileSystem().getSeparator();
  }

  @Override
  public Iterable<Path> getRootDirectories() {
    return List.of(root());
  }

  @Override
  public Iterable<FileStore> getFileStores() {
    return directory.getFileSystem().getFileStores();
  }

  @Override
  public Set<String> supportedFileAttributeViews() {
    return directory.getFileSystem().supportedFileAttributeViews();
  }

  @Override
  public Path getPath(String first, String... more) {
    return wrap(directory.getFileSystem().getPath(first, more));
  }

  @Override
  public PathMatcher getPathMatcher(String syntaxAndPattern) {
    PathMatcher matcher = directory.getFileSystem().getPathMatcher(syntaxAndPattern);
    return (path) -> matcher.matches(real(path));
  }

  @Override
  public UserPrincipalLookupService getUserPrincipalLookupService() {
    return directory.getFileSystem().getUserPrincipalLookupService();
  }

  @Override
  public WatchService newWatchService() throws IOException {
    return directory.getFileSystem().newWatchService();
  }
}
