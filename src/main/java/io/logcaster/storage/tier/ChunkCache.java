package io.logcaster.storage.tier;

import io.logcaster.storage.ScanTrace;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps fetched parts of objects in one file of bounded size. Objects are divided into chunks of
 * {@link #CHUNK} bytes; the file has a slot for each chunk that is kept, and the chunk that was not
 * used for the longest time makes room for a new one. Readers that need the same chunk wait for one
 * request. Readers verify checksums of their own, so the file has none, and it begins empty with
 * each start. If it cannot be written, chunks are fetched each time. Thread-safe.
 */
final class ChunkCache implements Closeable {

  /**
   * The bytes of a chunk. A request costs as much time as a megabyte, so smaller chunks gain
   * little; a block of a segment takes two or three.
   */
  static final int CHUNK = 128 << 10;

  /** The most chunks of a request: more would take memory without saving much time. */
  private static final int MAX_RUN = 8;

  /** The requests that may be under way, a megabyte of memory each. */
  private static final int MAX_FETCHES = 8;

  private static final Logger LOG = LoggerFactory.getLogger(ChunkCache.class);

  /** An object to fetch from. Compared by identity. */
  interface Source {

    byte[] fetch(long from, int length) throws IOException;

    long size();
  }

  private record Key(Source source, int chunk) {}

  /** A request for neighbouring chunks. */
  private record Fetch(Source source, int first, int count, CompletableFuture<byte[]> bytes) {}

  /** A place in the file. Guarded by the lock of the cache. */
  private static final class Slot {

    final int index;
    int readers;
    boolean forgotten;

    Slot(int index) {
      this.index = index;
    }
  }

  private final SlotFile file;
  private final int most;
  private final ReentrantLock lock = new ReentrantLock();
  private final LinkedHashMap<Key, Slot> slots = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<Key, Fetch> pending = new HashMap<>();
  private final ArrayDeque<Integer> free = new ArrayDeque<>();
  private int used;
  private boolean writable = true;
  private final Semaphore fetches = new Semaphore(MAX_FETCHES);
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("tier-fetch-", 0).factory());

  final LongAdder hits = new LongAdder();
  final LongAdder misses = new LongAdder();
  final LongAdder fetched = new LongAdder();

  /**
   * Creates an empty cache.
   *
   * @param path the file, which is replaced
   * @param bytes the most bytes it may have; at least one chunk is kept
   */
  ChunkCache(Path path, long bytes) throws IOException {
    Files.deleteIfExists(path);
    file = new SlotFile(path, CHUNK);
    most = Math.clamp(bytes / CHUNK, 1, Integer.MAX_VALUE);
  }

  /** The bytes that the file takes. */
  long bytes() {
    lock.lock();
    try {
      return (long) used * CHUNK;
    } finally {
      lock.unlock();
    }
  }

  /** Reads a range of an object, from the file or from the storage. */
  void read(Source source, long from, byte[] target, int length, ScanTrace trace)
      throws IOException {
    if (length == 0) {
      return;
    }
    int first = (int) (from / CHUNK);
    int last = (int) ((from + length - 1) / CHUNK);
    Object[] found = find(source, first, last, trace);
    try {
      for (int chunk = first; chunk <= last; chunk++) {
        long start = Math.max(from, (long) chunk * CHUNK);
        int count = (int) (Math.min(from + length, (chunk + 1L) * CHUNK) - start);
        int at = (int) (start - from);
        if (found[chunk - first] instanceof Fetch fetch) {
          byte[] bytes = await(fetch);
          System.arraycopy(bytes, (int) (start - (long) fetch.first() * CHUNK), target, at, count);
        } else {
          Slot slot = (Slot) found[chunk - first];
          file.read(slot.index, (int) (start - (long) chunk * CHUNK), target, at, count);
        }
      }
    } finally {
      release(found);
    }
  }

  /** Begins to fetch what is not here of a range. */
  void prefetch(Source source, long from, int length, ScanTrace trace) {
    if (length > 0) {
      release(find(source, (int) (from / CHUNK), (int) ((from + length - 1) / CHUNK), trace));
    }
  }

  /** Finds the slot of each chunk, which then is read, or the request that will bring it. */
  private Object[] find(Source source, int first, int last, ScanTrace trace) {
    Object[] found = new Object[last - first + 1];
    List<Fetch> begun = new ArrayList<>();
    lock.lock();
    try {
      for (int chunk = first; chunk <= last; chunk++) {
        Key key = new Key(source, chunk);
        Slot slot = slots.get(key);
        if (slot != null) {
          slot.readers++;
          found[chunk - first] = slot;
          hits.increment();
          continue;
        }
        Fetch fetch = pending.get(key);
        if (fetch == null) {
          misses.increment();
          fetch = begin(source, chunk, last);
          begun.add(fetch);
        }
        found[chunk - first] = fetch;
      }
    } finally {
      lock.unlock();
    }
    for (Fetch fetch : begun) {
      trace.add(ScanTrace.Count.BYTES_FETCHED, length(fetch));
      threads.execute(() -> fetch(fetch));
    }
    return found;
  }

  /** Makes a request for a chunk and those after it that are missing, too. */
  private Fetch begin(Source source, int chunk, int last) {
    int count = 1;
    while (count < MAX_RUN && chunk + count <= last) {
      Key next = new Key(source, chunk + count);
      if (slots.containsKey(next) || pending.containsKey(next)) {
        break;
      }
      count++;
    }
    Fetch fetch = new Fetch(source, chunk, count, new CompletableFuture<>());
    for (int i = 0; i < count; i++) {
      pending.put(new Key(source, chunk + i), fetch);
    }
    return fetch;
  }

  private static int length(Fetch fetch) {
    long from = (long) fetch.first() * CHUNK;
    return (int) Math.min((long) fetch.count() * CHUNK, fetch.source().size() - from);
  }

  private void fetch(Fetch fetch) {
    fetches.acquireUninterruptibly();
    byte[] bytes;
    try {
      bytes = fetch.source().fetch((long) fetch.first() * CHUNK, length(fetch));
      fetched.add(bytes.length);
    } catch (IOException | RuntimeException | Error ex) {
      for (int i = 0; i < fetch.count(); i++) {
        publish(new Key(fetch.source(), fetch.first() + i), null);
      }
      fetch.bytes().completeExceptionally(ex);
      return;
    } finally {
      fetches.release();
    }
    fetch.bytes().complete(bytes);
    for (int i = 0; i < fetch.count(); i++) {
      Slot slot = null;
      try {
        slot = write(bytes, i * CHUNK);
      } finally {
        publish(new Key(fetch.source(), fetch.first() + i), slot);
      }
    }
  }

  private byte[] await(Fetch fetch) throws IOException {
    try {
      return fetch.bytes().get();
    } catch (InterruptedException ex) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while waiting for the object storage");
    } catch (ExecutionException ex) {
      if (ex.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new IOException("The object storage cannot be read: " + ex.getCause(), ex);
    }
  }

  /** Writes a chunk to a slot that nobody knows yet; null if that is not possible. */
  private @Nullable Slot write(byte[] bytes, int from) {
    Slot slot = newSlot();
    if (slot == null) {
      return null;
    }
    try {
      file.write(slot.index, bytes, from, Math.min(CHUNK, bytes.length - from));
      return slot;
    } catch (IOException ex) {
      lock.lock();
      try {
        free.add(slot.index);
        if (writable && !threads.isShutdown()) {
          writable = false;
          LOG.warn("The cache of object storage cannot be written: {}", ex.toString());
        }
      } finally {
        lock.unlock();
      }
      return null;
    }
  }

  /** Takes a free slot, or that of the chunk that was not used for the longest time. */
  private @Nullable Slot newSlot() {
    lock.lock();
    try {
      Integer index = free.poll();
      if (index != null) {
        return new Slot(index);
      }
      if (used < most) {
        return new Slot(used++);
      }
      for (Iterator<Slot> oldest = slots.values().iterator(); oldest.hasNext(); ) {
        Slot slot = oldest.next();
        if (slot.readers == 0) {
          oldest.remove();
          return new Slot(slot.index);
        }
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  private void publish(Key key, @Nullable Slot slot) {
    lock.lock();
    try {
      pending.remove(key);
      if (slot != null) {
        slots.put(key, slot);
      }
    } finally {
      lock.unlock();
    }
  }

  private void release(Object[] found) {
    lock.lock();
    try {
      for (Object each : found) {
        if (each instanceof Slot slot && --slot.readers == 0 && slot.forgotten) {
          free.add(slot.index);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Forgets what is kept of a range. */
  void forget(Source source, long from, long length) {
    lock.lock();
    try {
      for (Iterator<Map.Entry<Key, Slot>> all = slots.entrySet().iterator(); all.hasNext(); ) {
        Map.Entry<Key, Slot> entry = all.next();
        long start = (long) entry.getKey().chunk() * CHUNK;
        if (source.equals(entry.getKey().source())
            && start < from + length
            && start + CHUNK > from) {
          all.remove();
          entry.getValue().forgotten = true;
          if (entry.getValue().readers == 0) {
            free.add(entry.getValue().index);
          }
        }
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() throws IOException {
    threads.shutdown();
    file.close();
  }
}
