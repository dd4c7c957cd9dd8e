package io.logcaster.storage.segment.file;

import io.logcaster.storage.FormatVersionException;
import io.logcaster.storage.segment.column.BloomFilter;
import io.logcaster.storage.segment.column.FuseMap;
import io.logcaster.storage.segment.column.TimeGrid;
import java.nio.file.Path;

/**
 * The specification of the segment file, byte by byte.
 *
 * <p>Numbers are little-endian. {@code u8}, {@code u32} and {@code u64} are unsigned, {@code i32}
 * and {@code i64} signed, {@code f64} is an IEEE 754 double. {@code varint} is an unsigned number
 * in groups of seven bits, lowest first; the high bit of a byte is set if more follow. {@code
 * signed} is the varint of {@code (n << 1) ^ (n >> 63)}. {@code sized} is a varint length and as
 * many bytes; text is UTF-8. Every {@code crc} is CRC-32C. The ranges follow each other without
 * gaps. Checksums cover every byte except themselves and the magic number at the end.
 *
 * <pre>
 * file       := header, (block | group)*, entry*, streams, directory, groups, footer
 * header     := magic u64, version u32, crc u32 of the twelve bytes before
 * block      := the bodies and filters that the block's entry places
 * streams    := for each stream: u32 the end of its text, relative to the end of this table;
 *               then for each stream: fields varint, (name sized, value sized)*
 * directory  := for each block: offset of its entry u64, relative to the first entry, length of the
 *               entry u32, crc of the entry u32, rows u32, stream i32 (-1: several streams),
 *               min time i64, max time i64
 * groups     := number of groups varint, (blocks varint, place of the group)*
 * group      := open columns varint, (name sized)*, map of words, map of shared words
 * map        := width u8, seed u8, shift u8, sections u32, cells: width bits of each,
 *               from the lowest bit; ends on a whole byte
 * footer     := offset of the first entry u64, offset of the streams u64,
 *               length of the streams u32, number of streams u32, number of blocks u32,
 *               crc of streams, directory and groups u32, records u64, min time i64,
 *               max time i64, version u32, crc u32 of the sixty bytes before, magic u64
 *
 * entry      := rows varint, approximate bytes of text varint, min time signed,
 *               max time - min time varint, unit varint, place of the times, grid,
 *               runs varint, (stream varint, rows varint)*,
 *               table sized, place of the severities if the table is empty,
 *               columns varint, column*
 * grid       := step u8, see {@link TimeGrid}: 0 for none, 1 to 9 for 1 s, 5 s, 15 s,
 *               1 min, 5 min, 15 min, 1 h, 3 h, 1 d;
 *               rows varint for each step from that of the min time to that of the max time,
 *               where the step of a time is floor(time / step)
 * place      := offset in the file varint, length varint, crc u32 of the range
 * column     := name sized, type u8, then by type
 *   1 CONSTANT    value sized
 *   2 DICTIONARY  flags u8, number of entries varint, sized*, place of the body, counts in a sized
 *   3 INTEGER     flags u8, min f64, max f64, place of the body, place of the filter
 *   4 DECIMAL     as INTEGER
 *   5 TEMPLATES   flags u8, place of the body, place of the filter
 *   6 TEXT        as TEMPLATES
 *   7 STREAM      nothing: the row's stream has the value
 * counts     := groups varint: the number of runs, or 1 for all rows together;
 *               for each group: number of entries that occur varint, (entry u8, rows varint)*
 * filter     := u64*, a {@link BloomFilter}
 * </pre>
 *
 * <p>Rows are sorted by stream, in the order of the streams, then by time. A run is the rows of one
 * stream in a block. Times are nanoseconds since the epoch, all of them multiples of {@code unit}.
 * The body of the times stores, in units, the difference of each row from the row before; the first
 * row of a run is relative to the block's min time.
 *
 * <p>{@code table} has one severity, a u8, for each entry of the {@code level} column, or a single
 * one if that column is a CONSTANT. If it is empty, the severities have a body of their own.
 *
 * <p>Bit 0 of a column's flags says that some rows have no value. The entry 0 of a DICTIONARY is
 * the empty text then. For the other types the soft area begins with a bitmap of the rows that have
 * a value, 64 rows in each u64, lowest bit first, and the body stores only the values of those
 * rows. {@code min} and {@code max} are bounds of a column's numbers and need not be exact.
 *
 * <p>A filter has one bit set for each of the probes {@code i} = 0 to 5 of every word in the
 * column. With {@code h} the {@link io.logcaster.record.Tokens#hash} of the word, {@code bits} the
 * size of the filter in bits, and sums and products modulo 2^64, it is the bit {@code (((h + i * r)
 * >>> 32) * bits) >>> 32}, where {@code r} is {@code h} rotated by 32 bits. Bit {@code n} is bit
 * {@code n & 63} of word {@code n >>> 6}.
 *
 * <p>If a segment has groups, each block belongs to one, in the order of the blocks, and a place of
 * a filter that is all zeros stands for the words in the group. A key is the hash of a word
 * exclusive-or the hash of the column's name, or 1 if these are equal. The map of words has the
 * keys of all columns of the group's blocks except open ones, which are fields of the stream in one
 * of the blocks; dictionaries and constants have filters in no block, but their words are in the
 * map. Its numbers have 9 bits: the lowest 4 are the number of the only block with the word within
 * the group, or 15; the others are the highest 5 bits of the key. The map of shared words has the
 * keys with 15, and a bit for each block. {@link FuseMap} says which three of the {@code (sections
 * + 2) << shift} cells give a key's number.
 *
 * <pre>
 * body       := meta length varint, meta stored varint, soft length varint, soft stored varint,
 *               hard length varint, meta, soft, hard
 *               meta and soft are zstd frames if their stored length differs from their length;
 *               each of the three areas is read from its start to its end, in this order:
 *   of times, severities                    numbers
 *   of DICTIONARY                           soft: entry u8 for each row
 *   of INTEGER                              numbers
 *   of DECIMAL                              numbers of digits after the point, then
 *                                           numbers without the point
 *   of TEXT                                 numbers of lengths; soft: texts, back to back
 *   of TEMPLATES                            meta: templates varint, (text sized, a byte 0xFF for
 *                                           each variable)*; numbers: the template of each row;
 *                                           for each variable of each template: words of its rows
 *
 * numbers    := nothing for no numbers
 *             | meta: u8 0, smallest signed; offsets of all numbers from the smallest
 *             | meta: u8 1, first number signed, smallest difference signed; offsets of the
 *               differences of neighbours, one less than numbers, from the smallest difference
 * offsets    := meta: width u8; hard: width bits (0 to 57, or 64) of each
 *             | meta: width + 128 u8, low u8; hard: the low bits of each; soft: the bits above,
 *               as u8 if width - low is at most 8, otherwise as varint
 *             | meta: 127 u8, number of entries varint, varint*; soft: entry u8 for each
 *               packed bits fill bytes from the lowest bit and end on a whole byte
 *
 * words      := meta: kind u8, + 16 if a prefix follows, + 32 if a suffix follows,
 *               prefix sized, suffix sized, which all values share; then by kind
 *   0 CONSTANT    nothing: the prefix is the value
 *   1 NUMBER      numbers, printed in decimal
 *   2 DIGITS      meta: digits varint; numbers, printed in decimal with leading zeros to that
 *                 many digits
 *   3 LOWER_HEX   meta: digits varint; hard: four bits for each digit of all values, the first
 *                 digit of a byte in its high bits; ends on a whole byte
 *   4 UPPER_HEX   as LOWER_HEX, with upper-case letters
 *   5 DICTIONARY  meta: number of entries varint, sized*; soft: entry u8 for each
 *   6 TEXT        numbers of lengths; soft: texts, back to back
 * </pre>
 *
 * <p>A template's variable is a maximal run of ASCII letters, ASCII digits, underscores and
 * non-ASCII characters that contains a digit {@code 0} to {@code 9}.
 *
 * <p>Version 1 had no {@code counts} and no {@code grid}, versions 1 and 2 no {@code groups}. Every
 * version begins with the same header, so that readers can distinguish another version from damage.
 */
public final class SegmentFormat {

  /** {@code 89 "LCSEG" 1A 0A}: not valid text, and broken by any conversion of line ends. */
  static final long MAGIC = 0x0A1A474553434C89L;

  /** The version that writers write. */
  public static final int VERSION = 3;

  /** The oldest version that readers support. */
  public static final int OLDEST_VERSION = 1;

  /** The first version with words of groups of blocks. */
  static final int GROUPED = 3;

  /** The first version with counts in dictionaries and a time grid in blocks. */
  static final int COUNTED = 2;

  /**
   * The bytes of text in a block: enough for compression to find repetitions, few enough to decode
   * quickly.
   */
  static final long BLOCK_BYTES = 2L << 20;

  /** The maximum number of rows in a block; a bitmap of as many rows takes 8 KB. */
  static final int BLOCK_ROWS = 1 << 16;

  /** A stream with this much text gets its own blocks, which a stream selector can prune. */
  static final long OWN_BLOCK_BYTES = BLOCK_BYTES / 4;

  /** The maximum number of entries of a dictionary: codes are unsigned bytes. */
  static final int MAX_DICTIONARY = 256;

  /** Larger dictionaries would inflate the index, which every query reads. */
  static final int MAX_DICTIONARY_BYTES = 8 << 10;

  /**
   * The maximum number of combinations of runs and entries that are counted, because more would
   * inflate the index. Above it, all rows of a block are counted together. A typical block has 60:
   * twelve streams with five levels.
   */
  static final int MAX_CELLS = 1024;

  /** Column flag: some rows have no value. */
  static final int HAS_EMPTY = 1;

  private SegmentFormat() {}

  /** Rejects a version that this LogCaster does not read. */
  static void checkVersion(Path file, int version) throws FormatVersionException {
    if (version < OLDEST_VERSION || version > VERSION) {
      throw new FormatVersionException(
          file, Integer.toUnsignedLong(version), OLDEST_VERSION, VERSION);
    }
  }
}
