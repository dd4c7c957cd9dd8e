package io.logcaster.storage.segment.file;

import io.logcaster.storage.segment.bytes.MalformedException;

/** How a column of a block is stored; see {@link SegmentFormat}. */
enum ColumnType {
  CONSTANT(1),
  DICTIONARY(2),
  INTEGER(3),
  DECIMAL(4),
  TEMPLATES(5),
  TEXT(6),

  /** The row's stream has the value. */
  STREAM(7);

  /** The number in the file. */
  final int code;

  ColumnType(int code) {
    this.code = code;
  }

  static ColumnType of(int code) throws MalformedException {
    for (ColumnType type : values()) {
      if (type.code == code) {
        return type;
      }
    }
    throw new MalformedException("unknown column type " + code);
  }
}
