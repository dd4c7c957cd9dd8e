package io.logcaster.storage.crash;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import org.jspecify.annotations.Nullable;

/** A real path that belongs to a {@link CrashFileSystem}. */
record CrashPath(CrashFileSystem system, Path real) implements Path {

  private @Nullable CrashPath wrap(@Nullable Path path) {
    return (path != null) ? new CrashPath(system, path) : null;
  }

  private CrashPath same(Path path) {
    return new CrashPath(system, path);
  }

  @Override
  public FileSystem getFileSystem() {
    return system;
  }

  @Override
  public boolean isAbsolute() {
    return real.isAbsolute();
  }

  @Override
  public @Nullable Path getRoot() {
    return wrap(real.getRoot());
  }

  @Override
  public @Nullable Path getFileName() {
    return wrap(real.getFileName());
  }

  @Override
  public @Nullable Path getParent() {
    return wrap(real.getParent());
  }

  @Override
  public int getNameCount() {
    return real.getNameCount();
  }

  @Override
  public Path getName(int index) {
    return same(real.getName(index));
  }

  @Override
  public Path subpath(int beginIndex, int endIndex) {
    return same(real.subpath(beginIndex, endIndex));
  }

  @Override
  public boolean startsWith(Path other) {
    return real.startsWith(CrashFileSystem.real(other));
  }

  @Override
  public boolean endsWith(Path other) {
    return real.endsWith(CrashFileSystem.real(other));
  }

  @Override
  public Path normalize() {
    return same(real.normalize());
  }

  @Override
  public Path resolve(Path other) {
    return same(real.resolve(CrashFileSystem.real(other)));
  }

  @Override
  public Path relativize(Path other) {
    return same(real.relativize(CrashFileSystem.real(other)));
  }

  @Override
  public URI toUri() {
    return real.toUri();
  }

  @Override
  public Path toAbsolutePath() {
    return same(real.toAbsolutePath());
  }

  @Override
  public Path toRealPath(LinkOption... options) throws IOException {
    return same(real.toRealPath(options));
  }

  @Override
  public File toFile() {
    throw new IllegalStateException("A java.io.File would go past the journal");
  }

  @Override
  public WatchKey register(
      WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers)
      throws IOException {
    return real.register(watcher, events, modifiers);
  }

  @Override
  public int compareTo(Path other) {
    return real.compareTo(CrashFileSystem.real(other));
  }

  @Override
  public String toString() {
    return real.toString();
  }
}
