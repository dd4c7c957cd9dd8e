package io.logcaster.query.exec.pipe;

import io.logcaster.query.ast.FieldPattern;
import io.logcaster.query.ast.UnpackPairsPipe;
import io.logcaster.query.exec.filter.RowMatcher;
import io.logcaster.query.exec.frame.Overlay;
import io.logcaster.query.exec.pipe.Rewrite.RowMaker;
import io.logcaster.query.exec.pipe.TransformOperator.Transform;
import io.logcaster.query.exec.text.JsonReader;
import io.logcaster.query.exec.text.Quoted;
import io.logcaster.record.ByteBuilder;
import io.logcaster.record.Column;
import io.logcaster.record.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Unpacks the pairs in a value into fields: {@code unpack_json}, {@code unpack_logfmt}. */
public final class Unpacking {

  private final List<FieldPattern> wanted;

  private final Set<String> preserved;

  private final String prefix;

  private Unpacking(UnpackPairsPipe pipe) {
    wanted = pipe.fields();
    preserved = Set.copyOf(pipe.preserved());
    prefix = pipe.resultPrefix();
  }

  public static Transform of(UnpackPairsPipe pipe, @Nullable RowMatcher condition) {
    Unpacking unpacking = new Unpacking(pipe);
    return Rewrite.rows(
        condition,
        pipe.overwrite(),
        switch (pipe.format()) {
          case JSON -> () -> unpacking.jsonMaker(pipe.field());
          case LOGFMT -> () -> unpacking.logfmtMaker(pipe.field());
        });
  }

  /** The pairs of one value. They are applied only after the whole value was parsed. */
  private final class Pairs {

    private final List<String> names = new ArrayList<>();

    private final ByteBuilder values = new ByteBuilder(256);

    private final List<Integer> ends = new ArrayList<>();

    void clear() {
      names.clear();
      ends.clear();
      values.truncate(0);
    }

    void add(String name, byte[] bytes, int from, int to) {
      String field = name.isEmpty() ? Field.MESSAGE : name;
      if (FieldPattern.anyMatches(wanted, field)) {
        names.add(prefix + field);
        values.append(bytes, from, to);
        ends.add(values.length());
      }
    }

    void applyTo(Overlay target, int row) {
      if (!FieldPattern.isAll(wanted)) {
        for (FieldPattern pattern : wanted) {
          if (!pattern.prefix() && !names.contains(prefix + pattern.name())) {
            target.clear(row, prefix + pattern.name());
          }
        }
      }
      int start = 0;
      for (int i = 0; i < names.size(); i++) {
        target.put(row, names.get(i), values.array(), start, ends.get(i));
        start = ends.get(i);
      }
    }
  }

  private RowMaker jsonMaker(String field) {
    Pairs pairs = new Pairs();
    return (frame, row, target) -> {
      Column column = frame.column(field);
      pairs.clear();
      boolean object =
          JsonReader.object(
              column.bytes(),
              column.start(row),
              column.end(row),
              preserved,
              (name, value, kind) -> {
                if (kind != JsonReader.Kind.NULL) {
                  pairs.add(name, value.array(), 0, value.length());
                }
              });
      if (!object) {
        pairs.clear();
      }
      pairs.applyTo(target, row);
    };
  }

  private RowMaker logfmtMaker(String field) {
    Pairs pairs = new Pairs();
    ByteBuilder unquoted = new ByteBuilder(64);
    return (frame, row, target) -> {
      Column column = frame.column(field);
      pairs.clear();
      logfmt(column.bytes(), column.start(row), column.end(row), pairs, unquoted);
      pairs.applyTo(target, row);
    };
  }

  /**
   * Reads {@code name=value} pairs with white space between them; a name alone has an empty value.
   */
  private static void logfmt(byte[] bytes, int from, int to, Pairs pairs, ByteBuilder unquoted) {
    int at = from;
    while (at < to) {
      if (bytes[at] == ' ' || bytes[at] == '\t') {
        at++;
        continue;
      }
      int start = at;
      while (at < to && bytes[at] != '=' && bytes[at] != ' ' && bytes[at] != '\t') {
        at++;
      }
      String name = new String(bytes, start, at - start, StandardCharsets.UTF_8);
      if (at == to || bytes[at] != '=') {
        pairs.add(name, bytes, at, at);
        continue;
      }
      at++;
      unquoted.truncate(0);
      int end = Quoted.read(bytes, at, to, '\'', unquoted);
      if (end >= 0) {
        pairs.add(name, unquoted.array(), 0, unquoted.length());
        at = end;
        continue;
      }
      start = at;
      while (at < to && bytes[at] != ' ' && bytes[at] != '\t') {
        at++;
      }
      pairs.add(name, bytes, start, at);
    }
  }
}
