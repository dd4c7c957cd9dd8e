package io.logcaster.storage.segment;

/** The constants of the file. */
final class SegmentFormat {

  static final long MAGIC = 0x0A1A474553434C89L;

  /** The version this class writes. */
  static final int VERSION = 1;

  /** The oldest version that can be read. */
  static final int OLDEST_VERSION = 1;

  static final int HEADER_BYTES = 16;

  static final int FOOTER_BYTES = 72;

  static final int DIRECTORY_ENTRY_BYTES = 40;

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

  static final int CONSTANT = 1;

  static final int DICTIONARY = 2;

  static final int INTEGER = 3;

  static final int DECIMAL = 4;

  static final int TEMPLATES = 5;

  static final int TEXT = 6;

  /** Column flag: some rows have no value. */
  static final int HAS_EMPTY = 1;

  private SegmentFormat() {}
}
