package io.logcaster.storage.segment.file;

import io.logcaster.storage.FormatVersionException;
import io.logcaster.storage.segment.column.BloomFilter;
import io.logcaster.storage.segment.column.TimeGrid;
import java.nio.file.Path;

/**
 * The segment file, byte by byte.
 *
 * <p>Numbers are little-endian. {@code varint} is an unsigned number in groups of seven bits,
 * lowest first, the high bit of a byte set where more follow; {@code signed} is a varint of the
 * number rotated left by one, inverted where it is negative; {@code sized} is a varint length and
 * as many bytes; text is UTF-8; every {@code crc} is CRC-32C. There are no gaps: each byte belongs
 * to a range with a checksum.
 *
 * <pre>
 * file       := header, block*, entry*, streams, directory, footer
 * header     := magic u64, version u32, crc u32 of the twelve bytes before
 * block      := the bodies and filters that its entry places
 * streams    := for each stream u32 where it ends, counted behind this table;
 *               for each stream varint fields, (name sized, value sized)*
 * directory  := for each block: entry offset u64, counted from the first entry, entry length u32,
 *               entry crc u32, rows u32, stream i32 (-1 where there are several), min time i64,
 *               max time i64
 * footer     := offset of the first entry u64, offset of the streams u64, their length u32, their
 *               number u32, number of blocks u32, crc of streams and directory u32, records u64, min time i64, max time i64,
 *               version u32, crc u32 of the sixty bytes before, magic u64
 *
 * entry      := rows varint, bytes of text varint, min time signed, max - min varint, unit varint,
 *               times place, grid, runs varint, (stream varint, rows varint)*,
 *               table sized, severities place where the table is empty, columns varint, column*
 * grid       := step u8: 0 for none, else which of the steps of {@link TimeGrid}, counted from 1; for
 *               each step from that of the min time to that of the max time varint rows
 * place      := offset in the file varint, length varint, crc u32
 * column     := name sized, type u8, then by type
 *   1 CONSTANT    value sized
 *   2 DICTIONARY  flags u8, entries varint, sized*, body place, counts sized
 *   3 INTEGER     flags u8, min f64, max f64, body place, filter place
 *   4 DECIMAL     as INTEGER
 *   5 TEMPLATES   flags u8, body place, filter place
 *   6 TEXT        as TEMPLATES
 *   7 STREAM      nothing: the value is that of the row's stream
 * counts     := varint groups, the number of runs, or 1 where all rows are counted together; for
 *               each: varint entries that occur, (entry u8, rows varint)*
 * filter     := u64*, a {@link BloomFilter} over {@link io.logcaster.record.Tokens#hash}
 * </pre>
 *
 * <p>Rows stand by stream, in the order of the streams, then by time. Times are nanoseconds since
 * the epoch; their body is the numbers of steps in {@code unit}s: the first row of a run counted
 * from the block's min time, each other from the row before. The severity of a row is that of its
 * level's entry in {@code table}; without a table its body is numbers. Flag 1 of a column says that
 * some rows have no value: a bitmap of the rows that have, as whole u64, begins the soft area, and
 * only those are in the body; a dictionary has the empty text as entry 0 instead.
 *
 * <pre>
 * body       := meta length varint, meta stored varint, soft length varint, soft stored varint,
 *               hard length varint, meta, soft, hard
 *               meta and soft are zstd frames where stored and length differ
 *   of times, severities                    numbers
 *   of DICTIONARY                           soft: an entry's number u8 for each row
 *   of INTEGER                              numbers
 *   of DECIMAL                              numbers of decimals, numbers without the point
 *   of TEXT                                 numbers of lengths; soft: text
 *   of TEMPLATES                            meta: varint templates, (text sized, 0xFF for a variable)*;
 *                                           numbers of the template of each row; then for each
 *                                           variable of each template, over its rows: words
 *
 * numbers    := meta: 0, smallest signed, offsets | 1, first signed, smallest step signed, offsets
 * offsets    := meta: width u8; hard: numbers of as many bits (0..57 or 64), lowest first
 *             | meta: width + 128, low u8; hard: the low bits of each; soft: the others, as u8 where
 *               width - low is at most 8, else as varint
 *             | meta: 127, varint values, varint*; soft: a value's number u8 for each
 *
 * words      := meta: kind u8, + 16: prefix sized, + 32: suffix sized, common to all; then
 *   0 CONSTANT    nothing more
 *   1 NUMBER      numbers, printed in decimal
 *   2 DIGITS      meta: digits varint; numbers, printed with as many digits
 *   3 LOWER_HEX   meta: digits varint; hard: four bits for each digit, the first one highest
 *   4 UPPER_HEX   the same with upper-case letters
 *   5 DICTIONARY  meta: varint entries, sized*; soft: an entry's number u8 for each
 *   6 TEXT        numbers of lengths; soft: text
 * </pre>
 *
 * <p>A template's variable is a maximal run of ASCII letters, digits, underscores and non-ASCII
 * characters that has a digit {@code 0} to {@code 9}.
 *
 * <p>Version 1 had no counts and no grid. Every version begins with the same header, so that
 * another version is told from damage.
 */
public final class SegmentFormat {

  /** {@code 89 "LCSEG" 1A 0A}: no text, and broken by whoever changes line ends. */
  static final long MAGIC = 0x0A1A474553434C89L;

  /** The version that is written. */
  public static final int VERSION = 2;

  /** The oldest version that can be read. */
  public static final int OLDEST_VERSION = 1;

  /** The version since which a dictionary has counts, and a block a grid. */
  static final int COUNTED = 2;

  /**
   * Text in a block: enough for compression to find what repeats, little enough to decode quickly.
   */
  static final long BLOCK_BYTES = 2L << 20;

  /** Rows in a block; a filter's bitmap of as many takes 8 KB. */
  static final int BLOCK_ROWS = 1 << 16;

  /** A stream with this much text gets blocks of its own, which a stream selector can pass over. */
  static final long OWN_BLOCK_BYTES = BLOCK_BYTES / 4;

  /** Codes are bytes. */
  static final int MAX_DICTIONARY = 256;

  /** Longer dictionaries would swell the index, which is read for every query. */
  static final int MAX_DICTIONARY_BYTES = 8 << 10;

  /**
   * Counts of more combinations of runs and entries would swell the index; then all rows of a block
   * are counted together. Twelve streams with five levels, as is usual, are 60.
   */
  static final int MAX_CELLS = 1024;

  static final int CONSTANT = 1;

  static final int DICTIONARY = 2;

  static final int INTEGER = 3;

  static final int DECIMAL = 4;

  static final int TEMPLATES = 5;

  static final int TEXT = 6;

  /** The value is that of the row's stream. */
  static final int STREAM = 7;

  /** Column flag: some rows have no value. */
  static final int HAS_EMPTY = 1;

  private SegmentFormat() {}

  /** Refuses a version that cannot be read. */
  static void checkVersion(Path file, int version) throws FormatVersionException {
    if (version < OLDEST_VERSION || version > VERSION) {
      throw new FormatVersionException(
          file, Integer.toUnsignedLong(version), OLDEST_VERSION, VERSION);
    }
  }
}
