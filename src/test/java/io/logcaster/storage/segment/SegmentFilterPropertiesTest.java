package io.logcaster.storage.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.query.ast.AnyCasePhraseFilter;
import io.logcaster.query.ast.AnyCasePrefixFilter;
import io.logcaster.query.ast.AnyValueFilter;
import io.logcaster.query.ast.CompareFilter;
import io.logcaster.query.ast.ExactFilter;
import io.logcaster.query.ast.ExactPrefixFilter;
import io.logcaster.query.ast.Filter;
import io.logcaster.query.ast.LengthRangeFilter;
import io.logcaster.query.ast.ListFilter;
import io.logcaster.query.ast.PhraseFilter;
import io.logcaster.query.ast.PrefixFilter;
import io.logcaster.query.ast.RangeFilter;
import io.logcaster.query.ast.RegexpFilter;
import io.logcaster.query.ast.SequenceFilter;
import io.logcaster.query.exec.filter.FilterCompiler;
import io.logcaster.record.ArenaColumn;
import io.logcaster.record.Bitmap;
import io.logcaster.record.Column;
import io.logcaster.record.Field;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.Stream;
import io.logcaster.storage.RowFilter;
import io.logcaster.storage.segment.bytes.ByteSink;
import io.logcaster.storage.segment.file.RandomBatches;
import io.logcaster.storage.segment.file.SegmentContents;
import io.logcaster.storage.segment.file.SegmentReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Searching a block in its stored form finds the same rows as searching its plain text. */
class SegmentFilterPropertiesTest {

  private final FilterCompiler compiler =
      new FilterCompiler(
          () -> 0,
          (query) -> {
            throw new IllegalArgumentException("no queries here");
          });

  @Property(tries = 400)
  void filters_selectTheSameRowsInBlocksAndInText(@ForAll long seed) throws IOException {
    SegmentContents.checkBlocks(
        seed, (reader, block) -> check(reader, block, new Random(seed + block)));
  }

  private void check(SegmentReader reader, int block, Random random) throws IOException {
    RecordBatch plain = plain(reader.read(block));
    List<String> names = new ArrayList<>(plain.fieldNames());
    names.add(Field.MESSAGE);
    for (int i = 0; i < 30; i++) {
      Filter filter = filter(plain, names.get(random.nextInt(names.size())), random);
      RowFilter compiled = compiler.compile(filter);
      Bitmap chosen = rows(plain.size(), random);
      Bitmap expected = chosen.copy();
      compiled.retain(plain, expected);
      Bitmap found = chosen.copy();
      compiled.retain(reader.read(block), found);
      assertThat(found).as(filter.canonical()).isEqualTo(expected);
      if (!expected.isEmpty()) {
        assertThat(compiled.mayMatch(reader.summary(block))).as(filter.canonical()).isTrue();
        if (reader.groupCount() > 0) {
          assertThat(compiled.mayMatch(reader.groupSummary(reader.groupOf(block), 1)))
              .as(filter.canonical())
              .isTrue();
        }
      }
    }
  }

  @Property(tries = 200)
  void lengths_areThoseOfTheText(@ForAll long seed) throws IOException {
    SegmentContents.checkBlocks(
        seed, (reader, block) -> checkLengths(reader, block, new Random(seed + block)));
  }

  private static void checkLengths(SegmentReader reader, int block, Random random)
      throws IOException {
    RecordBatch plain = plain(reader.read(block));
    List<String> names = new ArrayList<>(plain.fieldNames());
    names.add(Field.MESSAGE);
    for (String name : names) {
      Bitmap chosen = rows(plain.size(), random);
      Column lengths = reader.read(block).column(name).lengths("l", chosen);
      Column text = plain.column(name);
      for (int row = chosen.next(0); row >= 0; row = chosen.next(row + 1)) {
        int expected = text.end(row) - text.start(row);
        assertThat(lengths.text(row)).as(name).isEqualTo(Integer.toString(expected));
      }
    }
  }

  private static Bitmap rows(int size, Random random) {
    Bitmap rows = Bitmap.all(size);
    int sparsity = random.nextInt(3);
    for (int row = 0; row < size; row++) {
      if (sparsity > 0 && random.nextInt(sparsity * 2) > 0) {
        rows.clear(row);
      }
    }
    return rows;
  }

  /** Copies the rows with every column as plain text. */
  private static RecordBatch plain(RecordBatch batch) {
    int size = batch.size();
    byte[] severities = new byte[size];
    int[] ordinals = new int[size];
    for (int row = 0; row < size; row++) {
      severities[row] = (byte) batch.severity(row);
      ordinals[row] = batch.streamOrdinal(row);
    }
    List<Stream> streams = new ArrayList<>();
    for (int i = 0; i < batch.streamCount(); i++) {
      streams.add(batch.stream(i));
    }
    return RecordBatch.of(
        batch.times().clone(),
        severities,
        ordinals,
        streams,
        text(batch.column(Field.MESSAGE), size),
        batch.fieldNames().stream().map((name) -> text(batch.column(name), size)).toList());
  }

  private static Column text(Column column, int size) {
    ByteSink bytes = new ByteSink(64);
    int[] ends = new int[size];
    for (int row = 0; row < size; row++) {
      bytes.put(column.bytes(), column.start(row), column.end(row));
      ends[row] = bytes.length();
    }
    return new ArenaColumn(column.name(), bytes.toByteArray(), ends, size);
  }

  private static Filter filter(RecordBatch batch, String field, Random random) {
    String piece = piece(batch, field, random);
    return switch (random.nextInt(14)) {
      case 0, 1 -> new PhraseFilter(field, piece);
      case 2 -> new PrefixFilter(field, piece);
      case 3 -> new AnyCasePhraseFilter(field, flip(piece, random));
      case 4 -> new AnyCasePrefixFilter(field, flip(piece, random));
      case 5 -> new ExactFilter(field, random.nextBoolean() ? piece : value(batch, field, random));
      case 6 -> new ExactPrefixFilter(field, piece);
      case 7 -> new SequenceFilter(field, List.of(piece, piece(batch, field, random)));
      case 8 ->
          new ListFilter(
              field,
              any(ListFilter.Operator.values(), random),
              List.of(piece, piece(batch, field, random), value(batch, field, random)),
              null);
      case 9, 10 -> new RegexpFilter(field, expression(piece, random));
      case 11 -> {
        double from = random.nextInt(400) - 100;
        yield new RangeFilter(
            field,
            Double.toString(from),
            random.nextBoolean(),
            Double.toString(from + random.nextInt(300) / 2.0),
            random.nextBoolean());
      }
      case 12 ->
          new CompareFilter(
              field, any(CompareFilter.Operator.values(), random), value(batch, field, random));
      default ->
          random.nextBoolean()
              ? new AnyValueFilter(field)
              : new LengthRangeFilter(field, random.nextInt(5), 5 + random.nextInt(20), "(..)");
    };
  }

  private static String value(RecordBatch batch, String field, Random random) {
    return (batch.size() == 0) ? "x" : batch.column(field).text(random.nextInt(batch.size()));
  }

  /** Returns a part of some value, sometimes with a changed character. */
  private static String piece(RecordBatch batch, String field, Random random) {
    int[] characters = value(batch, field, random).codePoints().toArray();
    int from = random.nextInt(characters.length + 1);
    int to = from + random.nextInt(characters.length - from + 1);
    if (random.nextInt(3) > 0) {
      while (from > 0 && Character.isLetterOrDigit(characters[from - 1])) {
        from--;
      }
      while (to < characters.length && Character.isLetterOrDigit(characters[to])) {
        to++;
      }
    }
    if (to > from && random.nextInt(6) == 0) {
      characters[from + random.nextInt(to - from)] = "01a Fé_-".codePointAt(random.nextInt(8));
    }
    return new String(characters, from, to - from);
  }

  private static String flip(String text, Random random) {
    return random.nextBoolean() ? text.toUpperCase(java.util.Locale.ROOT) : text;
  }

  private static String expression(String piece, Random random) {
    StringBuilder expression = new StringBuilder(random.nextInt(8) == 0 ? "^" : "");
    piece
        .codePoints()
        .forEach(
            (c) -> {
              int kind = random.nextInt(8);
              if (Character.isDigit(c) && c < 128 && kind < 4) {
                expression.append(kind < 2 ? "[0-9]" : "[0-9]+");
              } else if (kind == 4) {
                expression.append('.');
              } else {
                expression.append(quoted(Character.toString(c)));
              }
            });
    expression.append(random.nextInt(8) == 0 ? "$" : "");
    return random.nextInt(6) == 0 ? "(" + expression + ")|" + quoted("7") : expression.toString();
  }

  private static String quoted(String character) {
    return Pattern.compile("[\\\\^$.|?*+()\\[\\]{}]").matcher(character).matches()
        ? "\\" + character
        : character;
  }

  @Property(tries = 60)
  void readableRows_haveTheirText(@ForAll long seed) throws IOException {
    Path file = Files.createTempFile("segment", "");
    Files.delete(file);
    try {
      SegmentContents.write(file, RandomBatches.of(seed));
      Random random = new Random(seed);
      try (SegmentReader reader = SegmentReader.open(file)) {
        for (int block = 0; block < reader.blockCount(); block++) {
          RecordBatch plain = plain(reader.read(block));
          List<String> names = new ArrayList<>(plain.fieldNames());
          names.add(Field.MESSAGE);
          for (String name : names) {
            Bitmap rows = rows(plain.size(), random);
            Column readable = reader.read(block).column(name).readable(rows);
            for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
              assertThat(readable.text(row)).isEqualTo(plain.column(name).text(row));
            }
          }
        }
      }
    } finally {
      Files.deleteIfExists(file);
    }
  }

  @Property(tries = 20)
  void wordsThatNoBlockHas_arePrunedOrNotFound(@ForAll long seed) throws IOException {
    Path file = Files.createTempFile("segment", "");
    Files.delete(file);
    try {
      SegmentContents.write(file, RandomBatches.of(seed));
      RowFilter filter = compiler.compile(new PhraseFilter(Field.MESSAGE, "nowhere42"));
      try (SegmentReader reader = SegmentReader.open(file)) {
        for (int block = 0; block < reader.blockCount(); block++) {
          Bitmap rows = Bitmap.all(reader.rows(block));
          filter.retain(reader.read(block), rows);
          assertThat(rows.isEmpty()).isTrue();
        }
      }
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static <T> T any(T[] choices, Random random) {
    return choices[random.nextInt(choices.length)];
  }
}
