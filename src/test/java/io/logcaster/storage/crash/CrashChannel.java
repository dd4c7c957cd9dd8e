package io.logcaster.storage.crash;

import io.logcaster.storage.crash.Journal.Node;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** A real channel whose writes and syncs are journaled. Mappings are for reading only. */
final class CrashChannel extends FileChannel {

  private final CrashFileSystem system;
  private final Journal journal;
  private final Node node;
  private final FileChannel real;
  private final boolean append;

  CrashChannel(
      CrashFileSystem system, Journal journal, Node node, FileChannel real, boolean append) {
    this.system = system;
    this.journal = journal;
    this.node = node;
    this.real = real;
    this.append = append;
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    synchronized (journal) {
      long at = append ? real.size() : real.position();
      int written = write(source, at);
      real.position(at + written);
      return written;
    }
  }

  @Override
  public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
    long total = 0;
    synchronized (journal) {
      for (int i = offset; i < offset + length; i++) {
        total += write(sources[i]);
      }
    }
    return total;
  }

  @Override
  public int write(ByteBuffer source, long position) throws IOException {
    synchronized (journal) {
      int length = (int) Math.min(source.remaining(), system.room.get());
      if (length == 0 && source.hasRemaining()) {
        throw new IOException("No space left on device");
      }
      byte[] bytes = new byte[length];
      source.get(bytes);
      ByteBuffer copy = ByteBuffer.wrap(bytes);
      while (copy.hasRemaining()) {
        real.write(copy, position + copy.position());
      }
      if (length > 0) {
        system.room.addAndGet(-length);
        journal.write(node, position, bytes);
      }
      return length;
    }
  }

  @Override
  public FileChannel truncate(long size) throws IOException {
    synchronized (journal) {
      real.truncate(size);
      journal.truncate(node, size);
    }
    return this;
  }

  @Override
  public void force(boolean metaData) throws IOException {
    synchronized (journal) {
      if (system.failingSyncs.getAndUpdate((left) -> Math.max(0, left - 1)) > 0) {
        throw new IOException("Input/output error");
      }
      journal.sync(node);
    }
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    return real.read(target);
  }

  @Override
  public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
    return real.read(targets, offset, length);
  }

  @Override
  public int read(ByteBuffer target, long position) throws IOException {
    return real.read(target, position);
  }

  @Override
  public long position() throws IOException {
    return real.position();
  }

  @Override
  public FileChannel position(long newPosition) throws IOException {
    real.position(newPosition);
    return this;
  }

  @Override
  public long size() throws IOException {
    return real.size();
  }

  @Override
  public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
    return real.transferTo(position, count, target);
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long position, long count)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(count, 1 << 20));
    int read = source.read(buffer);
    return (read <= 0) ? 0 : write(buffer.flip(), position);
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
    return real.map(readOnly(mode), position, size);
  }

  @Override
  public MemorySegment map(MapMode mode, long offset, long size, Arena arena) throws IOException {
    return real.map(readOnly(mode), offset, size, arena);
  }

  private static MapMode readOnly(MapMode mode) {
    if (!mode.equals(MapMode.READ_ONLY)) {
      throw new IllegalArgumentException("Writes through a mapping would go past the journal");
    }
    return mode;
  }

  @Override
  public FileLock lock(long position, long size, boolean shared) throws IOException {
    return real.lock(position, size, shared);
  }

  @Override
  public FileLock tryLock(long position, long size, boolean shared) throws IOException {
    return real.tryLock(position, size, shared);
  }

  @Override
  protected void implCloseChannel() throws IOException {
    real.close();
    if (system.failingCloses.getAndUpdate((left) -> Math.max(0, left - 1)) > 0) {
      throw new IOException("Input/output error while closing");
    }
  }
}
