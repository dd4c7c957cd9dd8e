package io.logcaster.storage.segment.file;

import io.logcaster.record.Tokens;
import io.logcaster.storage.segment.bytes.ByteSink;
import io.logcaster.storage.segment.column.FuseMap;
import io.logcaster.storage.segment.column.TextSlices;
import io.logcaster.storage.segment.column.TokenSet;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.TreeSet;

/**
 * Collects the words of neighbouring blocks and writes them as a {@link WordGroup}. Takes about 30
 * bytes for each distinct word of a group. Not thread-safe.
 */
final class WordGroupWriter {

  /**
   * A group ends with the block with which it has so many distinct words; typical are 200,000. This
   * bounds the memory of a merge.
   */
  private static final int ENOUGH = 400_000;

  private static final int FIRST_CAPACITY = 1 << 16;

  /** An open-addressing table of {@linkplain WordGroup#key keys}; 0 marks a free slot. */
  private long[] table = new long[FIRST_CAPACITY];

  /** The blocks of each key, a bit for each. */
  private char[] blocksOf = new char[FIRST_CAPACITY];

  private int size;

  private int blocks;

  /** The hash of the name of the column that is being added. */
  private long column;

  /** Columns of which some block has values that are not added. */
  private final TreeSet<String> open = new TreeSet<>();

  private final FuseMap.Builder maps = new FuseMap.Builder();

  /** Begins a column of the current block. */
  void column(String name) {
    column = WordGroup.column(name);
  }

  /** Says that the words of a column of the current block are not added. */
  void leaveOpen(String name) {
    open.add(name);
  }

  void add(TokenSet words) {
    words.forEach(this::add);
  }

  void add(TextSlices values) {
    for (int i = 0; i < values.count(); i++) {
      Tokens.visit(
          values.bytes(),
          values.start(i),
          values.end(i),
          (bytes, from, to) -> add(Tokens.hash(bytes, from, to)));
    }
  }

  private void add(long word) {
    long key = WordGroup.key(column, word);
    int mask = table.length - 1;
    int at = (int) key & mask;
    while (table[at] != 0 && table[at] != key) {
      at = at + 1 & mask;
    }
    blocksOf[at] |= (char) (1 << blocks);
    if (table[at] == 0) {
      table[at] = key;
      if (++size * 2 > mask) {
        grow();
      }
    }
  }

  private void grow() {
    long[] old = table;
    char[] oldBlocks = blocksOf;
    table = new long[old.length * 2];
    blocksOf = new char[table.length];
    int mask = table.length - 1;
    for (int i = 0; i < old.length; i++) {
      if (old[i] != 0) {
        int at = (int) old[i] & mask;
        while (table[at] != 0) {
          at = at + 1 & mask;
        }
        table[at] = old[i];
        blocksOf[at] = oldBlocks[i];
      }
    }
  }

  /** Ends the current block. Returns whether the group should be written. */
  boolean endBlock() {
    blocks++;
    return blocks == WordGroup.MAX_BLOCKS || size >= ENOUGH;
  }

  /** The number of blocks that ended since the last group. */
  int blocks() {
    return blocks;
  }

  /** Writes a group and begins the next one. */
  void write(ByteSink target) {
    target.putVarint(open.size());
    for (String name : open) {
      byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
      target.putSized(bytes, 0, bytes.length);
    }
    long[] keys = new long[size];
    char[] numbers = new char[size];
    int count = 0;
    int several = 0;
    for (int i = 0; i < table.length; i++) {
      if (table[i] != 0) {
        int in = blocksOf[i];
        boolean isSingle = (in & (in - 1)) == 0;
        int block = isSingle ? Integer.numberOfTrailingZeros(in) : WordGroup.SEVERAL;
        keys[count] = table[i];
        numbers[count++] = (char) (WordGroup.check(table[i]) << WordGroup.BLOCK_BITS | block);
        several += isSingle ? 0 : 1;
      }
    }
    maps.write(keys, numbers, count, WordGroup.BLOCK_BITS + WordGroup.CHECK_BITS, target);
    int shared = 0;
    for (int i = 0; shared < several; i++) {
      int in = blocksOf[i];
      if ((in & (in - 1)) != 0) {
        keys[shared] = table[i];
        numbers[shared++] = (char) in;
      }
    }
    maps.write(keys, numbers, shared, blocks, target);
    Arrays.fill(table, 0);
    Arrays.fill(blocksOf, (char) 0);
    open.clear();
    size = 0;
    blocks = 0;
  }
}
