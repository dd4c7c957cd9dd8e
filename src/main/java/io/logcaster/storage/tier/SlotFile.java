package io.logcaster.storage.tier;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file of slots of one size. It is not read through a channel, because a query that is cancelled
 * interrupts its thread, and that would close a channel for everyone. Thread-safe.
 */
final class SlotFile implements Closeable {

  /** The readers that do not wait for each other. */
  private static final int HANDLES = 4;

  private final Path path;
  private final int slotBytes;
  private final RandomAccessFile[] handles = new RandomAccessFile[HANDLES];

  SlotFile(Path path, int slotBytes) throws IOException {
    this.path = path;
    this.slotBytes = slotBytes;
    for (int i = 0; i < HANDLES; i++) {
      handles[i] = new RandomAccessFile(path.toFile(), "rw");
    }
  }

  private RandomAccessFile handle(int slot) {
    return handles[slot % HANDLES];
  }

  void read(int slot, int from, byte[] target, int at, int count) throws IOException {
    RandomAccessFile handle = handle(slot);
    synchronized (handle) {
      handle.seek((long) slot * slotBytes + from);
      handle.readFully(target, at, count);
    }
  }

  void write(int slot, byte[] bytes, int from, int count) throws IOException {
    RandomAccessFile handle = handle(slot);
    synchronized (handle) {
      handle.seek((long) slot * slotBytes);
      handle.write(bytes, from, count);
    }
  }

  @Override
  public void close() throws IOException {
    for (RandomAccessFile handle : handles) {
      handle.close();
    }
    Files.deleteIfExists(path);
  }
}
