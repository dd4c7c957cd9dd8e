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
 * A directory of the real file system whose changes are journaled. Its paths work with {@link
 * Files} and {@link java.nio.channels.FileChannel} like any other. It is fast, because it syncs
 * nothing for real. Afterwards, {@link #crash} writes what a crash at any moment would have left.
 * The file system can also run full and fail to sync.
 */
public final class CrashFileSystem extends FileSystem {

  private final Path directory;
  private final Journal journal;
  private final CrashProvider provider;

  /** The number of bytes that can still be written; see {@link #leaveRoom}. */
  final AtomicLong room = new AtomicLong(Long.MAX_VALUE);

  final AtomicInteger failingSyncs = new AtomicInteger();

  final AtomicInteger failingCloses = new AtomicInteger();

  /**
   * Starts with the current content of a directory, all of it synced.
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

  /** The number of changes so far, which is the next moment to crash at. */
  public int moment() {
    return journal.size();
  }

  /**
   * Writes what a crash leaves behind to a directory of the real file system.
   *
   * @param moment the number of changes before the crash
   * @param random decides which unsynced changes are lost and how writes are torn
   * @param target the directory, which must not exist
   */
  public void crash(int moment, Random random, Path target) throws IOException {
    Loss[] losses = Loss.values();
    journal.crash(moment, losses[random.nextInt(losses.length)], random, target);
  }

  /** Makes the disk full after so many more bytes. */
  public void leaveRoom(long bytes) {
    room.set(bytes);
  }

  /** Makes the next syncs fail. */
  public void failSyncs(int count) {
    failingSyncs.set(count);
  }

  /** Makes closing the next files fail, as on network file systems. */
  public void failCloses(int count) {
    failingCloses.set(count);
  }

  CrashPath wrap(Path real) {
    return new CrashPath(this, real);
  }

  static Path real(Path path) {
    return (path instanceof CrashPath crash) ? crash.real() : path;
  }

  /** Returns the node of a path; null if it does not exist. */
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
