package io.logcaster.storage.segment.file;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds the pages of mapped files that count as memory of this process. Otherwise a query that
 * reads everything makes the process as large as the data, and limits on containers and people
 * count that. On Linux, pages are given back with {@code madvise}; they stay in the page cache, so
 * reading them again costs a minor page fault. Elsewhere nothing is done. Thread-safe.
 */
final class MappedPages {

  /**
   * Bytes that may be read before all pages are given back. Decompressing and decoding as much
   * takes a thousand times longer than that.
   */
  private static final long MOST = 32L << 20;

  /** The system maps up to 16 pages around one that is read. */
  private static final int AROUND = 16 << 10;

  /** {@code MADV_DONTNEED} on Linux. */
  private static final int DONT_NEED = 4;

  private static final Logger LOG = LoggerFactory.getLogger(MappedPages.class);

  private static final @Nullable MethodHandle ADVISE = advise();

  /**
   * By the arena that unmaps them: segments are equal to later ones at the same address. A map,
   * because its updates of one key exclude each other.
   */
  private static final ConcurrentMap<Arena, MemorySegment> MAPPED = new ConcurrentHashMap<>();

  private static final AtomicLong READ = new AtomicLong();

  /** Counts how often pages were given back. */
  private static final AtomicInteger RELEASES = new AtomicInteger();

  private MappedPages() {}

  static void add(Arena arena, MemorySegment mapped) {
    if (ADVISE != null && mapped.byteSize() > 0) {
      MAPPED.put(arena, mapped);
    }
  }

  /** Forgets a file that is about to be unmapped; waits while its pages are given back. */
  static void remove(Arena arena) {
    MAPPED.remove(arena);
  }

  /** Counts bytes that are read from a mapped file. */
  static void read(long bytes) {
    if (READ.addAndGet(bytes + AROUND) > MOST && ADVISE != null && READ.getAndSet(0) > MOST) {
      RELEASES.incrementAndGet();
      for (Arena arena : MAPPED.keySet()) {
        MAPPED.computeIfPresent(arena, (key, mapped) -> release(ADVISE, mapped));
      }
    }
  }

  /**
   * Counts reads of a few bytes anywhere in one range, such as lookups in a filter: not more than
   * the range has, until its pages are given back. Otherwise the lookups of a few queries would
   * have all pages given back that the next query needs again. Benign races miscount a little.
   */
  static final class Lookups {

    private final long length;

    private int release = -1;

    private long counted;

    Lookups(long length) {
      this.length = length;
    }

    void read() {
      int now = RELEASES.get();
      if (release != now) {
        release = now;
        counted = 0;
      }
      if (counted < length) {
        counted += AROUND;
        MappedPages.read(0);
      }
    }
  }

  private static MemorySegment release(MethodHandle advise, MemorySegment mapped) {
    try {
      int _ = (int) advise.invokeExact(mapped, mapped.byteSize(), DONT_NEED);
      return mapped;
    } catch (Throwable ex) {
      throw new IllegalStateException(ex);
    }
  }

  @SuppressWarnings("restricted") // native access is granted to all of the server
  private static @Nullable MethodHandle advise() {
    try {
      if (!System.getProperty("os.name", "").equals("Linux")) {
        return null;
      }
      Linker linker = Linker.nativeLinker();
      return linker
          .defaultLookup()
          .find("madvise")
          .map(
              (address) ->
                  linker.downcallHandle(
                      address,
                      FunctionDescriptor.of(
                          ValueLayout.JAVA_INT,
                          ValueLayout.ADDRESS,
                          ValueLayout.JAVA_LONG,
                          ValueLayout.JAVA_INT)))
          .orElse(null);
    } catch (IllegalArgumentException | IllegalCallerException ex) {
      LOG.debug("Mapped pages stay in memory", ex);
      return null;
    }
  }
}
