package io.logcaster.transform;

import io.logcaster.record.Column;
import io.logcaster.record.Field;
import io.logcaster.record.Hash;
import io.logcaster.record.RecordBatch;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;

/**
 * The values by which records are equal, as 128 bits. The seeds are random, so that no sender can
 * construct a record that is taken for another.
 */
final class RecordKeys {

  record Key(long high, long low) {}

  private final List<String> fields;
  private final long highSeed;
  private final long lowSeed;

  /**
   * @param fields the names; may contain {@code _stream} and {@code _msg}
   */
  RecordKeys(List<String> fields) {
    this.fields = List.copyOf(fields);
    SecureRandom random = new SecureRandom();
    highSeed = random.nextLong();
    lowSeed = random.nextLong();
  }

  /** Reads the keys of one batch. */
  final class Reader {

    private final RecordBatch batch;
    private final Column[] columns;

    /** The texts of the batch's streams; only of those that occurred. */
    private final byte[][] streams;

    Reader(RecordBatch batch) {
      this.batch = batch;
      columns = fields.stream().map(batch::column).toArray(Column[]::new);
      streams = new byte[batch.streamCount()][];
    }

    Key key(int row) {
      long high = highSeed;
      long low = lowSeed;
      for (int i = 0; i < columns.length; i++) {
        Column column = columns[i];
        byte[] bytes;
        int from;
        int to;
        if (fields.get(i).equals(Field.STREAM)) {
          bytes = stream(batch.streamOrdinal(row));
          from = 0;
          to = bytes.length;
        } else {
          bytes = column.bytes();
          from = column.start(row);
          to = column.end(row);
        }
        high = Hash.mix(Hash.bytes(bytes, from, to, high) + highSeed);
        low = Hash.mix(Hash.bytes(bytes, from, to, low) ^ lowSeed);
      }
      return new Key(high, low);
    }

    private byte[] stream(int ordinal) {
      if (streams[ordinal] == null) {
        streams[ordinal] = batch.stream(ordinal).canonical().getBytes(StandardCharsets.UTF_8);
      }
      return streams[ordinal];
    }
  }
}
