package io.logcaster.storage.segment.file;

import io.logcaster.record.ArenaColumn;
import io.logcaster.record.Stream;
import io.logcaster.record.Tokens;
import io.logcaster.storage.BlockCounts;
import io.logcaster.storage.BlockSummary;
import io.logcaster.storage.segment.bytes.MalformedException;
import io.logcaster.storage.segment.column.DecimalDigits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A block summary that reads only the index of a segment. */
final class MappedSummary implements BlockSummary {

  /** The summary of a field that no row of the block has. */
  private static final ColumnSummary ABSENT =
      new ColumnSummary() {
        @Override
        public boolean mayHaveValue() {
          return false;
        }

        @Override
        public boolean mayContainToken(long hash) {
          return false;
        }

        @Override
        public boolean mayContainNumber(double min, double max) {
          return false;
        }
      };

  private final SegmentReader reader;

  private final int block;

  MappedSummary(SegmentReader reader, int block) {
    this.reader = reader;
    this.block = block;
  }

  @Override
  public int rows() {
    return reader.rows(block);
  }

  @Override
  public long minTime() {
    return reader.minTime(block);
  }

  @Override
  public long maxTime() {
    return reader.maxTime(block);
  }

  @Override
  public @Nullable Stream stream() {
    return reader.streamOf(block);
  }

  @Override
  public ColumnSummary column(String name) {
    return (reader.groupCount() > 0) ? new Grouped(name) : described(name);
  }

  /** The summary of a column by the block's description, which takes reading that. */
  private ColumnSummary described(String name) {
    try {
      BlockEntry description = reader.entry(block);
      ColumnEntry entry = description.columns().get(name);
      if (entry == null) {
        return ABSENT;
      }
      if (entry.type() == ColumnType.STREAM) {
        StreamValues values = StreamValues.of(name, reader.streams(description));
        return new Entries(values.values(), values.count(), false);
      }
      return (entry.entries() != null)
          ? new Entries(entry.entries(), entry.cardinality(), entry.hasEmpty())
          : new Filtered(reader, block, entry);
    } catch (IOException ex) {
      throw new UncheckedIOException(ex);
    }
  }

  @Override
  public @Nullable BlockCounts counts(Set<String> fields, long step, long offset) {
    try {
      return BlockCells.of(reader, reader.entry(block), fields, step, offset);
    } catch (MalformedException ex) {
      throw new UncheckedIOException(reader.corruptEntry(block, ex));
    } catch (IOException ex) {
      throw new UncheckedIOException(ex);
    }
  }

  /** Looks a word up in the block's group first, and reads the block's description for the rest. */
  private final class Grouped implements ColumnSummary {

    private final String name;

    private @Nullable ColumnSummary described;

    Grouped(String name) {
      this.name = name;
    }

    private ColumnSummary described() {
      ColumnSummary known = described;
      if (known == null) {
        known = MappedSummary.this.described(name);
        described = known;
      }
      return known;
    }

    @Override
    public boolean mayHaveValue() {
      return described().mayHaveValue();
    }

    @Override
    public boolean mayBeEmpty() {
      return described().mayBeEmpty();
    }

    @Override
    public boolean mayContainToken(long hash) {
      try {
        return reader.mayContain(block, name, hash) && described().mayContainToken(hash);
      } catch (IOException ex) {
        throw new UncheckedIOException(ex);
      }
    }

    @Override
    public boolean mayContainNumber(double min, double max) {
      return described().mayContainNumber(min, max);
    }
  }

  /** The summary of a column whose values are all in the index. */
  private record Entries(ArenaColumn values, int count, boolean hasEmpty) implements ColumnSummary {

    @Override
    public boolean mayBeEmpty() {
      return hasEmpty;
    }

    @Override
    public boolean mayContainToken(long hash) {
      boolean[] found = new boolean[1];
      for (int i = 0; i < count && !found[0]; i++) {
        Tokens.visit(
            values.bytes(),
            values.start(i),
            values.end(i),
            (bytes, from, to) -> found[0] |= Tokens.hash(bytes, from, to) == hash);
      }
      return found[0];
    }

    @Override
    public boolean mayContainNumber(double min, double max) {
      for (int i = 0; i < count; i++) {
        if (!values.isEmpty(i) && mayBeNumber(i, min, max)) {
          return true;
        }
      }
      return false;
    }

    private boolean mayBeNumber(int index, double min, double max) {
      byte[] bytes = values.bytes();
      int at = values.start(index);
      int end = values.end(index);
      boolean negative = bytes[at] == '-';
      at += negative ? 1 : 0;
      if (at == end || end - at > DecimalDigits.MAX) {
        return true;
      }
      long number = 0;
      for (; at < end; at++) {
        int digit = bytes[at] - '0';
        if (digit < 0 || digit > 9) {
          return true;
        }
        number = number * 10 + digit;
      }
      double value = negative ? -number : number;
      return Math.nextUp(value) >= min && Math.nextDown(value) <= max;
    }
  }

  /** The summary of a column with a filter of its words, and with bounds if it has numbers. */
  private record Filtered(SegmentReader reader, int block, ColumnEntry entry)
      implements ColumnSummary {

    @Override
    public boolean mayBeEmpty() {
      return entry.hasEmpty();
    }

    @Override
    public boolean mayContainToken(long hash) {
      TokenFilter filter = entry.bloom();
      if (filter == null && reader.groupCount() > 0) {
        // The group, which has the words instead, was asked before.
        return true;
      }
      try {
        return (filter == null)
            ? reader.mayContain(block, entry.name(), hash)
            : reader.mayContain(filter, hash);
      } catch (IOException ex) {
        throw new UncheckedIOException(ex);
      }
    }

    @Override
    public boolean mayContainNumber(double min, double max) {
      return Double.isNaN(entry.min()) || !(entry.max() < min || entry.min() > max);
    }
  }
}
