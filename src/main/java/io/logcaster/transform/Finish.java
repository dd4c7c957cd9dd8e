package io.logcaster.transform;

import io.logcaster.record.ArenaColumn;
import io.logcaster.record.Bitmap;
import io.logcaster.record.ByteBuilder;
import io.logcaster.record.Cardinality;
import io.logcaster.record.Column;
import io.logcaster.record.ConstantColumn;
import io.logcaster.record.Field;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.RecordBatchBuilder;
import io.logcaster.record.Severity;
import io.logcaster.record.Stream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes records of changed columns: levels become severities, changed stream fields another stream,
 * and field names that came out of records pass the limits on names. Not thread-safe.
 */
final class Finish {

  private static final Logger LOG = LoggerFactory.getLogger(Finish.class);

  private static final String LEVEL = "level";
  private static final String ORIGINAL = "level_original";

  /** A batch may not have more columns than one that an input builds. */
  private static final int MAX_COLUMNS = 1_000;

  /** Names that passed the limits need not pass them again. */
  private static final int MAX_KNOWN = 2_000;

  private final List<String> streamFields;
  private final LongSupplier clock;
  private final RecordBatchBuilder streams;
  private final int[] streamColumns;
  private final RecordBatchBuilder names;
  private final Set<String> known = new HashSet<>();

  /**
   * @param streamFields the configured stream fields
   * @param cardinality limits streams and field names
   * @param clock nanoseconds since the epoch
   */
  Finish(List<String> streamFields, Cardinality cardinality, LongSupplier clock) {
    this.streamFields = List.copyOf(streamFields);
    this.clock = clock;
    streams = builder(this.streamFields, cardinality);
    streamColumns = this.streamFields.stream().mapToInt(streams::column).toArray();
    names = builder(List.of(), cardinality);
    known.addAll(List.of(ErrorMarks.FIELD, Steps.SAMPLED, LEVEL, ORIGINAL));
  }

  private static RecordBatchBuilder builder(List<String> streamFields, Cardinality cardinality) {
    RecordBatchBuilder builder = RecordBatch.builder(streamFields, cardinality);
    builder.limits(Integer.MAX_VALUE, Long.MAX_VALUE);
    return builder;
  }

  /** All rows of a batch as the records that they are by now. */
  RecordBatch settled(RecordBatch original, RecordBatch changed) {
    int[] rows = new int[changed.size()];
    Arrays.setAll(rows, (row) -> row);
    return finished(original, changed, changed, rows);
  }

  @SuppressWarnings("ReferenceEquality") // an untouched batch is the same object
  Portion portion(Work work, RecordBatch original) {
    RecordBatch kept = work.batch.select(work.alive);
    if (work.batch != original && kept.size() > 0) {
      try {
        kept = finished(original, work.batch, kept, work.alive.toArray());
      } catch (RuntimeException ex) {
        LOG.error("Changed records keep their stream, level and field names", ex);
      }
    }
    return new Portion(
        kept,
        work.receipts,
        work.holds,
        owners(work, work.alive),
        owners(work, removed(work)),
        work.removed,
        work.carried,
        work.passage,
        work.heldPassages,
        work.awaited,
        work.routed);
  }

  /**
   * @param rows for each row that is kept, the row of the other batches
   */
  private RecordBatch finished(
      RecordBatch original, RecordBatch changed, RecordBatch kept, int[] rows) {
    RecordBatch finished = kept;
    if (differs(original, changed, LEVEL)) {
      finished = levels(finished, original.column(LEVEL), rows);
    }
    if (hasNewNames(finished)) {
      finished = renamed(finished);
    }
    boolean streamed =
        streamFields.stream().anyMatch((name) -> differs(original, changed, name))
            || differsInOwnStream(original, changed);
    return streamed ? restreamed(finished) : finished;
  }

  private static Bitmap removed(Work work) {
    Bitmap removed = Bitmap.all(work.alive.size());
    removed.andNot(work.alive);
    return removed;
  }

  private static Receipt @Nullable [] owners(Work work, Bitmap rows) {
    Receipt[] all = work.owners;
    if (all == null) {
      return null;
    }
    int[] chosen = rows.toArray();
    Receipt[] owners = new Receipt[chosen.length];
    Arrays.setAll(owners, (i) -> all[chosen[i]]);
    return owners;
  }

  @SuppressWarnings("ReferenceEquality") // an untouched column is the same object
  private static boolean differs(RecordBatch before, RecordBatch after, String name) {
    Column old = before.column(name);
    Column fresh = after.column(name);
    return old != fresh && !(isAbsent(old) && isAbsent(fresh));
  }

  /** A sender may have named stream fields of its own. */
  private boolean differsInOwnStream(RecordBatch before, RecordBatch after) {
    for (int ordinal = 0; ordinal < before.streamCount(); ordinal++) {
      for (Field field : before.stream(ordinal).fields()) {
        if (!streamFields.contains(field.name()) && differs(before, after, field.name())) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isAbsent(Column column) {
    return column instanceof ConstantColumn && column.isEmpty(0);
  }

  private static RecordBatch levels(RecordBatch batch, Column before, int[] rows) {
    Column texts = batch.column(LEVEL);
    int size = batch.size();
    byte[] severities = new byte[size];
    int[] numbers = new int[size];
    texts.encode(Bitmap.all(size), Severity::parse, numbers);
    Patch original = new Patch();
    ByteBuilder names = new ByteBuilder(size * 5);
    int[] ends = new int[size];
    for (int row = 0; row < size; row++) {
      if (isSame(texts, row, before, rows[row])) {
        severities[row] = (byte) batch.severity(row);
        names.append(texts.bytes(), texts.start(row), texts.end(row));
        ends[row] = names.length();
        continue;
      }
      severities[row] = (byte) numbers[row];
      if (numbers[row] == Severity.UNSET) {
        names.append(texts.bytes(), texts.start(row), texts.end(row));
      } else {
        names.append(Severity.nameBytes(numbers[row]));
        if (Severity.isLossy(numbers[row]) && batch.column(ORIGINAL).isEmpty(row)) {
          original.put(row, texts.text(row));
        }
      }
      ends[row] = names.length();
    }
    Map<String, Column> fields = Patch.fields(batch);
    if (!isAbsent(texts)) {
      fields.put(LEVEL, new ArenaColumn(LEVEL, names.array(), ends, size));
    }
    if (!original.isEmpty()) {
      fields.put(ORIGINAL, original.over(batch.column(ORIGINAL), size));
    }
    return of(
        batch,
        severities,
        batch.streamOrdinals(),
        streams(batch),
        batch.column(Field.MESSAGE),
        fields);
  }

  private static boolean isSame(Column one, int row, Column other, int otherRow) {
    return Arrays.equals(
        one.bytes(),
        one.start(row),
        one.end(row),
        other.bytes(),
        other.start(otherRow),
        other.end(otherRow));
  }

  private static List<Stream> streams(RecordBatch batch) {
    List<Stream> all = new ArrayList<>(batch.streamCount());
    for (int ordinal = 0; ordinal < batch.streamCount(); ordinal++) {
      all.add(batch.stream(ordinal));
    }
    return all;
  }

  private static RecordBatch of(
      RecordBatch batch,
      byte[] severities,
      int[] ordinals,
      List<Stream> streams,
      Column message,
      Map<String, Column> fields) {
    RecordBatch made =
        RecordBatch.of(
                Arrays.copyOf(batch.times(), batch.size()),
                severities,
                ordinals,
                streams,
                message,
                List.copyOf(fields.values()))
            .arrivedAt(batch.arrivedNanos());
    return (batch.mark() == null) ? made : made.withMark(batch.mark());
  }

  private boolean hasNewNames(RecordBatch batch) {
    List<String> fields = batch.fieldNames();
    if (fields.size() > MAX_COLUMNS) {
      return true;
    }
    // Names of the inputs are few and repeat, so they are known soon as well.
    return !known.containsAll(fields);
  }

  private RecordBatch renamed(RecordBatch batch) {
    List<String> fields = batch.fieldNames();
    byte[][] bytes =
        fields.stream().map((name) -> name.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
    List<Column> columns = fields.stream().map(batch::column).toList();
    Column message = batch.column(Field.MESSAGE);
    names.arrivalTime(clock.getAsLong());
    for (int row = 0; row < batch.size(); row++) {
      names.message(message.bytes(), message.start(row), message.end(row));
      for (int i = 0; i < bytes.length; i++) {
        Column column = columns.get(i);
        if (!column.isEmpty(row)) {
          names.add(
              names.column(bytes[i], 0, bytes[i].length),
              column.bytes(),
              column.start(row),
              column.end(row));
        }
      }
      names.end();
    }
    RecordBatch made = names.build();
    for (String name : made.fieldNames()) {
      if (known.size() < MAX_KNOWN) {
        known.add(name);
      }
    }
    return batch.withColumns(batch.times(), made.column(Field.MESSAGE), Patch.fields(made));
  }

  private RecordBatch restreamed(RecordBatch batch) {
    int size = batch.size();
    List<Column> columns = streamFields.stream().map(batch::column).toList();
    streams.arrivalTime(clock.getAsLong());
    for (int row = 0; row < size; row++) {
      for (int i = 0; i < streamColumns.length; i++) {
        Column column = columns.get(i);
        streams.value(streamColumns[i], column.bytes(), column.start(row), column.end(row));
      }
      streams.end();
    }
    RecordBatch made = streams.build();
    int[] ordinals = Arrays.copyOf(made.streamOrdinals(), size);
    List<Stream> all = streams(made);
    Map<Stream, Integer> own = new HashMap<>();
    for (int row = 0; row < size; row++) {
      Stream old = batch.stream(batch.streamOrdinal(row));
      if (!isConfigured(old)) {
        Stream fresh = ownStream(batch, row, old);
        ordinals[row] =
            own.computeIfAbsent(
                fresh,
                (stream) -> {
                  all.add(stream);
                  return all.size() - 1;
                });
      }
    }
    return of(
        batch,
        Arrays.copyOf(batch.severities(), size),
        ordinals,
        all,
        batch.column(Field.MESSAGE),
        Patch.fields(batch));
  }

  private boolean isConfigured(Stream stream) {
    for (Field field : stream.fields()) {
      if (!streamFields.contains(field.name())) {
        return false;
      }
    }
    return true;
  }

  private static Stream ownStream(RecordBatch batch, int row, Stream old) {
    List<Field> fields = new ArrayList<>();
    for (Field field : old.fields()) {
      Column column = batch.column(field.name());
      // The stream of records beyond the limits has a field that no record has.
      fields.add(isAbsent(column) ? field : new Field(field.name(), column.text(row)));
    }
    return Stream.of(fields);
  }
}
