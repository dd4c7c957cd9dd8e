package io.logcaster.storage.segment.file;

import io.logcaster.record.Tokens;
import io.logcaster.storage.segment.bytes.BodyReader;
import io.logcaster.storage.segment.bytes.ByteSource;
import io.logcaster.storage.segment.bytes.MalformedException;
import io.logcaster.storage.segment.column.FuseMap;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which of some neighbouring blocks have a word in a column. One lookup answers for all of them.
 * Most words that identify something are in one block: the map of words has its number. For a word
 * in several blocks, a second map has a bit for each block. Thread-safe.
 */
final class WordGroup {

  /** The maximum number of blocks: their numbers and {@link #SEVERAL} take {@link #BLOCK_BITS}. */
  static final int MAX_BLOCKS = 15;

  static final int BLOCK_BITS = 4;

  /** Instead of a block's number: the word is in several blocks. */
  static final int SEVERAL = 15;

  /** For an absent word, the check bits agree by chance once in 32 lookups. */
  static final int CHECK_BITS = 5;

  private final int firstBlock;

  private final int blocks;

  private final Placement place;

  private final MappedPages.Lookups lookups;

  /**
   * The maps, read at their first use.
   *
   * @param open the columns whose words are not in the maps
   */
  private record Maps(Set<String> open, FuseMap words, FuseMap shared) {}

  private volatile @Nullable Maps maps;

  /** Whether reading the maps failed; from then on, the group rules out nothing. */
  private volatile boolean damaged;

  WordGroup(int firstBlock, int blocks, Placement place) {
    this.firstBlock = firstBlock;
    this.blocks = blocks;
    this.place = place;
    lookups = new MappedPages.Lookups(place.length());
  }

  int firstBlock() {
    return firstBlock;
  }

  int blocks() {
    return blocks;
  }

  Placement place() {
    return place;
  }

  /** A hash of a column's name, with which the hashes of its words are combined. */
  static long column(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    return Tokens.hash(bytes, 0, bytes.length);
  }

  /** The key of a word in a column; never 0, which marks free slots of the writer's table. */
  static long key(long column, long word) {
    return (column == word) ? 1 : column ^ word;
  }

  static int check(long key) {
    return (int) (key >>> (64 - CHECK_BITS));
  }

  /**
   * Returns the blocks that may have a word in a column, bit 0 for the first block of the group.
   * Verifies the checksum of the maps at their first use.
   *
   * @throws CorruptSegmentException once, if the maps are damaged; later calls return all blocks
   */
  int blocksWith(SegmentReader reader, MappedFile file, String column, long word)
      throws CorruptSegmentException {
    int all = (1 << blocks) - 1;
    if (damaged) {
      return all;
    }
    Maps known = maps;
    if (known == null) {
      try {
        known = read(reader, file);
      } catch (CorruptSegmentException | InternalError ex) {
        damaged = true;
        throw ex;
      }
      maps = known;
    }
    if (known.open.contains(column)) {
      return all;
    }
    lookups.read();
    long key = key(column(column), word);
    int found = known.words.get(file.memory(), key);
    if (found >>> BLOCK_BITS != check(key)) {
      return 0;
    }
    int block = found & SEVERAL;
    return all & ((block == SEVERAL) ? known.shared.get(file.memory(), key) : 1 << block);
  }

  private Maps read(SegmentReader reader, MappedFile file) throws CorruptSegmentException {
    byte[] bytes = reader.body(place);
    try {
      ByteSource source = new ByteSource(bytes, 0, bytes.length - BodyReader.PADDING);
      Set<String> open = new HashSet<>();
      int count = source.getCount(source.remaining());
      for (int i = 0; i < count; i++) {
        open.add(new String(source.getSized(), StandardCharsets.UTF_8));
      }
      FuseMap words = FuseMap.read(source, file.at(place.offset()));
      FuseMap shared = FuseMap.read(source, file.at(place.offset()));
      if (words.width() != BLOCK_BITS + CHECK_BITS || source.remaining() != 0) {
        throw new MalformedException("words of " + words.width() + " bits");
      }
      return new Maps(Set.copyOf(open), words, shared);
    } catch (MalformedException ex) {
      throw reader.corrupt(place.offset(), "words of blocks: " + ex.getMessage());
    }
  }
}
