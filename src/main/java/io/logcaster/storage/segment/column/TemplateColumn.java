package io.logcaster.storage.segment.column;

import io.logcaster.record.ArenaColumn;
import io.logcaster.record.Bitmap;
import io.logcaster.record.BytesEncoder;
import io.logcaster.record.BytesMapper;
import io.logcaster.record.BytesPredicate;
import io.logcaster.record.BytesToDouble;
import io.logcaster.record.Column;
import io.logcaster.record.IntColumn;
import io.logcaster.record.WorkLimit;
import io.logcaster.storage.segment.bytes.BodyReader;
import io.logcaster.storage.segment.bytes.MalformedException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A column of templates and variables. A search evaluates the predicate on each template once. If
 * that does not decide, it tests the values of single variables, and assembles text only for the
 * rows that still remain.
 */
public final class TemplateColumn extends WrittenColumn {

  private static final byte[] NOTHING = {};

  private final Templates templates;

  /** Gives access to the values that {@link Templates} does not contain. */
  private final Reading reading;

  private final AtomicReferenceArray<@Nullable VariableValues @Nullable []> values;

  /** Gives access to the body of a column. */
  public interface Reading {

    /** Returns the body; reads it and verifies its checksum if necessary. */
    BodyReader body();

    /** Counts values whose text was assembled. */
    void decoded(int values);

    /** Returns the exception to throw if the body is malformed. */
    RuntimeException malformed(MalformedException cause);
  }

  public TemplateColumn(String name, Templates templates, Reading reading) {
    super(name, templates.ofRow().length);
    this.templates = templates;
    this.reading = reading;
    values = new AtomicReferenceArray<>(templates.count());
  }

  /** The values of a variable of a template. */
  VariableValues values(int template, int variable) {
    @Nullable VariableValues[] known = known(template);
    VariableValues values = known[variable];
    if (values == null) {
      try {
        values = templates.get(template).variable(variable).values(reading.body());
      } catch (MalformedException ex) {
        throw reading.malformed(ex);
      }
      // Two threads may read the same values: these are immutable, so either result is fine.
      known[variable] = values;
    }
    return values;
  }

  private @Nullable VariableValues[] known(int template) {
    @Nullable VariableValues[] known = values.get(template);
    if (known == null) {
      known = new VariableValues[templates.get(template).variables()];
      values.set(template, known);
    }
    return known;
  }

  /** The values of all variables of a template. */
  private VariableValues[] values(int template) {
    VariableValues[] all = new VariableValues[templates.get(template).variables()];
    for (int i = 0; i < all.length; i++) {
      all[i] = values(template, i);
    }
    return all;
  }

  @Override
  public void retain(Bitmap rows, BytesPredicate predicate) {
    int tested = new TemplateSearch(this, templates, predicate).retain(rows);
    if (tested > 0) {
      reading.decoded(tested);
    }
  }

  /** The templates that selected rows have. */
  boolean[] used(Bitmap rows) {
    boolean[] used = new boolean[templates.count() + 1];
    char[] ofRow = templates.ofRow();
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      used[ofRow[row]] = true;
    }
    return used;
  }

  Writer writer() {
    return new Writer();
  }

  /** Assembles texts. */
  final class Writer {

    private final VariableValues[] @Nullable [] variables = new VariableValues[templates.count()][];

    private final int[] maxLengths = new int[templates.count()];

    private byte[] target = new byte[1 << 10];

    private int written;

    /** Tests a row's text; {@code index} is the row's ordinal among rows of the same template. */
    boolean test(int template, int index, BytesPredicate predicate) {
      int end = write(template, index, 0);
      return predicate.test(target, 0, end);
    }

    /** The number of texts that were written. */
    int written() {
      return written;
    }

    /** Writes a row's text; {@code index} is the row's ordinal among rows of the same template. */
    int write(int template, int index, int at) {
      VariableValues[] known = variables[template];
      if (known == null) {
        known = values(template);
        variables[template] = known;
        try {
          maxLengths[template] = templates.get(template).maxLength(known);
        } catch (MalformedException ex) {
          throw reading.malformed(ex);
        }
      }
      int needed = Math.addExact(at, maxLengths[template]);
      if (needed > target.length) {
        target =
            Arrays.copyOf(target, (int) Math.max(needed, Math.min(target.length * 2L, 1L << 30)));
      }
      written++;
      return templates.get(template).write(known, index, target, at);
    }
  }

  @Override
  ArenaColumn write(Bitmap rows) {
    int[] ends = new int[templates.ofRow().length];
    Cursor cursor = new Cursor();
    int used = 0;
    int filled = 0;
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      Arrays.fill(ends, filled, row, used);
      used = cursor.write(row, used);
      ends[row] = used;
      filled = row + 1;
    }
    Arrays.fill(ends, filled, ends.length, used);
    return cursor.column(ends);
  }

  @Override
  public Column pick(int[] rows) {
    if (isWritten() || !isAscending(rows)) {
      return super.pick(rows);
    }
    int[] ends = new int[rows.length];
    Cursor cursor = new Cursor();
    for (int i = 0; i < rows.length; i++) {
      ends[i] = cursor.write(rows[i], (i == 0) ? 0 : ends[i - 1]);
    }
    return cursor.column(ends);
  }

  private static boolean isAscending(int[] rows) {
    for (int i = 1; i < rows.length; i++) {
      if (rows[i] < rows[i - 1]) {
        return false;
      }
    }
    return true;
  }

  /** Writes the texts of rows back to back, in ascending order of the rows. */
  private final class Cursor {

    private final char[] ofRow = templates.ofRow();

    /** How many of the rows before {@link #row} have each template. */
    private final int[] before = new int[templates.count() + 1];

    private final Writer writer = new Writer();

    private int row;

    int write(int wanted, int at) {
      while (row < wanted) {
        before[ofRow[row++]]++;
      }
      int template = ofRow[wanted];
      return (template < templates.count()) ? writer.write(template, before[template], at) : at;
    }

    ArenaColumn column(int[] ends) {
      reading.decoded(writer.written);
      return new ArenaColumn(name(), writer.target, ends, ends.length);
    }
  }

  @Override
  public void encode(Bitmap rows, BytesEncoder encoder, int[] codes) {
    char[] ofRow = templates.ofRow();
    int[] numbers = numbers(rows, encoder);
    Bitmap others = Bitmap.none(rows.size());
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      int number = numbers[ofRow[row]];
      codes[row] = number;
      if (number < 0) {
        others.set(row);
      }
    }
    if (!others.isEmpty()) {
      readable(others).encode(others, encoder, codes);
    }
  }

  /** Returns the code of each template that selected rows have; -1 if its texts have several. */
  private int[] numbers(Bitmap rows, BytesEncoder encoder) {
    int count = templates.count();
    boolean[] used = used(rows);
    int[] numbers = new int[count + 1];
    for (int template = 0; template < count; template++) {
      numbers[template] = used[template] ? encoder.encode(templates.get(template).shape()) : -1;
    }
    numbers[count] = used[count] ? encoder.encode(NOTHING, 0, 0) : -1;
    return numbers;
  }

  @Override
  public void measure(Bitmap rows, BytesToDouble function, double[] numbers) {
    readable(rows).measure(rows, function, numbers);
  }

  @Override
  public Column map(String name, Bitmap rows, BytesMapper mapper) {
    if (isWritten()) {
      return super.map(name, rows, mapper);
    }
    MappedTemplates mapped = new MappedTemplates(templates, rows, mapper);
    if (mapped.isEmpty()) {
      return super.map(name, rows, mapper);
    }
    if (!mapped.others().isEmpty()) {
      mapped.add(readable(mapped.others()));
    }
    return mapped.column(name);
  }

  @Override
  public Column lengths(String name, Bitmap rows) {
    if (isWritten()) {
      return super.lengths(name, rows);
    }
    char[] ofRow = templates.ofRow();
    int count = templates.count();
    int[][] known = new int[count + 1][];
    int[] next = new int[count + 1];
    WorkLimit.growing(4L * ofRow.length);
    int[] lengths = new int[ofRow.length];
    for (int row = 0; row < ofRow.length; row++) {
      int template = ofRow[row];
      int index = next[template]++;
      if (template < count && rows.get(row)) {
        int[] each = known[template];
        if (each == null) {
          each = lengths(template);
          known[template] = each;
        }
        lengths[row] = each[(each.length == 1) ? 0 : index];
      }
    }
    return new IntColumn(name, lengths);
  }

  private int[] lengths(int template) {
    try {
      return templates.get(template).lengths(reading::body);
    } catch (MalformedException ex) {
      throw reading.malformed(ex);
    }
  }

  @Override
  public long memoryBytes() {
    long bytes = templates.memoryBytes() + writtenBytes();
    for (int template = 0; template < values.length(); template++) {
      @Nullable VariableValues[] read = values.get(template);
      for (int i = 0; read != null && i < read.length; i++) {
        VariableValues known = read[i];
        bytes += (known == null) ? 0 : known.memoryBytes();
      }
    }
    return bytes;
  }
}
