package io.logcaster.storage.tier;

import io.logcaster.s3.HashingOutput;
import io.logcaster.storage.ScanTrace;
import io.logcaster.storage.TierStatus;
import io.logcaster.storage.segment.file.RemoteFile;
import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The segments of one server in object storage. Below the prefix are
 *
 * <pre>
 * owner            whose the prefix is, see {@link TierOwner}
 * catalog          which segments there are, see {@link TierCatalog}
 * segments/…       the segments and their local files
 * learned/…        what was learned from the records, such as the known templates, by file names
 * </pre>
 *
 * <p>Objects never change: a segment that is rewritten becomes another object. An object that the
 * catalog does not name is a leftover of an interrupted change. Thread-safe; nothing is sent before
 * a method needs it.
 */
public final class Tier implements Closeable {

  private static final String SEGMENTS = "segments/";

  private static final String LEARNED = "learned/";

  private final TierOptions options;
  private final TierObjects objects;
  private final TierOwner owner;
  private final ChunkCache cache;

  /** The keys of segments that are open or on their way, with the number of their users. */
  private final Map<String, Integer> inUse = new ConcurrentHashMap<>();

  /** The keys that the catalog may name; null until it was written. */
  private volatile @Nullable Set<String> named;

  private Tier(TierOptions options, TierObjects objects, ChunkCache cache) {
    this.options = options;
    this.objects = objects;
    this.cache = cache;
    owner = new TierOwner(objects, options.owner());
  }

  /**
   * Opens a tier.
   *
   * @param directory for the cache; emptied
   */
  public static Tier open(TierOptions options, Path directory) throws IOException {
    Files.createDirectories(directory);
    return new Tier(
        options,
        new TierObjects(options.bucket(), options.prefix(), directory),
        new ChunkCache(directory.resolve("chunks"), options.cacheBytes()));
  }

  public Duration after() {
    return options.after();
  }

  public Clock clock() {
    return options.clock();
  }

  /**
   * Makes sure that no other server uses the prefix.
   *
   * @param records the directory of the records
   * @throws TierOwnerException if one does
   */
  public void check(Path records) throws IOException {
    owner.check(records);
  }

  /**
   * Takes over the prefix for an empty disk.
   *
   * @param records where the records will be
   * @return what is there; null if nothing is
   * @throws TierOwnerException if the prefix belongs to a server of another name
   */
  public @Nullable TierCatalog takeOver(Path records) throws IOException {
    return owner.takeOver(records) ? catalog() : null;
  }

  /** The catalog; an empty one if there is none. */
  public TierCatalog catalog() throws IOException {
    List<String> lines = objects.text(TierCatalog.KEY, TierCatalog.HEAD);
    return (lines == null) ? new TierCatalog(0, List.of()) : TierCatalog.of(lines);
  }

  /** Replaces the catalog. */
  public synchronized void write(TierCatalog catalog) throws IOException {
    Set<String> after = new HashSet<>();
    catalog.entries().forEach((entry) -> after.add(entry.key()));
    Set<String> before = named;
    if (before != null) {
      // If this fails, nobody knows which of the two is there.
      Set<String> either = new HashSet<>(before);
      either.addAll(after);
      named = Set.copyOf(either);
    }
    objects.putText(TierCatalog.KEY, TierCatalog.HEAD, catalog.lines());
    named = Set.copyOf(after);
  }

  /** The key for a segment of a partition. The hash makes it one that nothing else has. */
  public static String key(String day, String name, String sha256) {
    return SEGMENTS + day + "/" + name + "-" + sha256.substring(0, 16) + ".seg";
  }

  /**
   * Brings a segment and its local file to the object storage, and verifies what arrived there.
   *
   * @param sha256 the hash of the segment
   */
  public void put(String key, Path segment, String sha256, Path local) throws IOException {
    use(key);
    try {
      objects.put(key, segment, sha256);
      objects.put(key + TierCatalog.LOCAL, local, HashingOutput.hash(local));
    } finally {
      unuse(key);
    }
  }

  /** The entry of the catalog for a segment and its local file. */
  public static TierCatalog.Entry entry(String file, String key, long bytes, Path local)
      throws IOException {
    return new TierCatalog.Entry(file, bytes, Files.size(local), HashingOutput.hash(local), key);
  }

  /** Fetches the local file of a segment; it is on disk when this returns. */
  public void fetch(TierCatalog.Entry entry, Path target) throws IOException {
    try (FileOutputStream out = new FileOutputStream(target.toFile())) {
      objects.get(entry.key() + TierCatalog.LOCAL, entry.localBytes(), entry.sha256(), out);
      out.getChannel().force(true);
    }
  }

  /** Brings what was learned from the records there: the files of a directory. */
  public void putLearned(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      for (Path file : files.toList()) {
        objects.put(LEARNED + file.getFileName(), file, HashingOutput.hash(file));
      }
    }
  }

  /**
   * Fetches what was learned into an existing directory, in which files of the same names stay.
   * What is there is on disk when this returns.
   */
  public void fetchLearned(Path directory) throws IOException {
    for (String key : objects.list(LEARNED)) {
      Path file = directory.resolve(Path.of(key).getFileName());
      if (!Files.exists(file)) {
        Path partial = file.resolveSibling(file.getFileName() + ".partial");
        try (FileOutputStream out = new FileOutputStream(partial.toFile())) {
          objects.get(key, out);
          out.getChannel().force(true);
        }
        Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
      }
    }
  }

  /** Deletes a segment, unless the catalog may name it or somebody reads it. */
  public boolean delete(String key) throws IOException {
    Set<String> known = named;
    if (known == null || known.contains(key) || inUse.containsKey(key)) {
      return false;
    }
    objects.delete(key);
    objects.delete(key + TierCatalog.LOCAL);
    return true;
  }

  /**
   * Deletes the objects of segments that the catalog does not name and nobody uses.
   *
   * @return how many objects were deleted
   */
  public int sweep() throws IOException {
    int deleted = 0;
    for (String object : objects.list(SEGMENTS)) {
      String key =
          object.endsWith(TierCatalog.LOCAL)
              ? object.substring(0, object.length() - TierCatalog.LOCAL.length())
              : object;
      Set<String> known = named;
      if (known != null && !known.contains(key) && !inUse.containsKey(key)) {
        objects.delete(object);
        deleted++;
      }
    }
    return deleted;
  }

  private void use(String key) {
    inUse.merge(key, 1, Integer::sum);
  }

  private void unuse(String key) {
    inUse.computeIfPresent(key, (name, users) -> (users == 1) ? null : users - 1);
  }

  /** Opens a segment for reading. */
  public RemoteFile open(String key, long size) {
    use(key);
    return new Remote(key, size);
  }

  /** Fills in what only the tier knows. */
  public TierStatus status(
      int segments, long bytes, long localBytes, int pending, @Nullable String failure) {
    return new TierStatus(
        objects.place(),
        segments,
        bytes,
        localBytes,
        pending,
        cache.bytes(),
        cache.hits.sum(),
        cache.misses.sum(),
        cache.fetched.sum(),
        failure);
  }

  @Override
  public void close() throws IOException {
    cache.close();
    objects.close();
  }

  /** A segment that is read through the cache. */
  private final class Remote implements RemoteFile, ChunkCache.Source {

    private final String key;
    private final long size;

    Remote(String key, long size) {
      this.key = key;
      this.size = size;
    }

    @Override
    public byte[] fetch(long from, int length) throws IOException {
      return objects.get(key, from, length);
    }

    @Override
    public long size() {
      return size;
    }

    @Override
    public void read(long from, byte[] target, int length, ScanTrace trace) throws IOException {
      cache.read(this, from, target, length, trace);
    }

    @Override
    public void prefetch(long from, int length, ScanTrace trace) {
      cache.prefetch(this, from, length, trace);
    }

    @Override
    public void forget(long from, int length) {
      cache.forget(this, from, length);
    }

    @Override
    public String name() {
      return objects.name(key);
    }

    @Override
    public void close() {
      cache.forget(this, 0, size);
      unuse(key);
    }
  }
}
