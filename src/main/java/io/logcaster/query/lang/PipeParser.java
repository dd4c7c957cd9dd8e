package io.logcaster.query.lang;

import io.logcaster.query.ast.BlockStatsPipe;
import io.logcaster.query.ast.BlocksCountPipe;
import io.logcaster.query.ast.CopyPipe;
import io.logcaster.query.ast.DeletePipe;
import io.logcaster.query.ast.DropEmptyFieldsPipe;
import io.logcaster.query.ast.FacetsPipe;
import io.logcaster.query.ast.FieldNamesPipe;
import io.logcaster.query.ast.FieldPattern;
import io.logcaster.query.ast.FieldValuesPipe;
import io.logcaster.query.ast.FieldsPipe;
import io.logcaster.query.ast.FilterFunction;
import io.logcaster.query.ast.FilterPipe;
import io.logcaster.query.ast.GenerateSequencePipe;
import io.logcaster.query.ast.HashPipe;
import io.logcaster.query.ast.InlineRows;
import io.logcaster.query.ast.JoinPipe;
import io.logcaster.query.ast.JsonArrayLenPipe;
import io.logcaster.query.ast.Keywords;
import io.logcaster.query.ast.LenPipe;
import io.logcaster.query.ast.LimitPipe;
import io.logcaster.query.ast.OffsetPipe;
import io.logcaster.query.ast.PatternPipe;
import io.logcaster.query.ast.Pipe;
import io.logcaster.query.ast.PipeName;
import io.logcaster.query.ast.Query;
import io.logcaster.query.ast.QueryStatsPipe;
import io.logcaster.query.ast.RenamePipe;
import io.logcaster.query.ast.Renaming;
import io.logcaster.query.ast.RowSource;
import io.logcaster.query.ast.SamplePipe;
import io.logcaster.query.ast.StreamContextPipe;
import io.logcaster.query.ast.UnionPipe;
import io.logcaster.query.ast.UnpackPairsPipe;
import io.logcaster.query.value.Numbers;
import io.logcaster.record.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads pipes: those whose grammar is short here, the others in parsers of their own. What begins
 * with a stats function, {@code by} or a group of fields is a {@code stats} pipe without its name;
 * a name with a colon, quotes or an operator is a {@code filter} pipe without its name.
 *
 * <pre>
 * pipe = name arguments | stats | filter
 * </pre>
 */
final class PipeParser {

  private final Parser parser;

  private final Cursor cursor;

  private final StatsParser stats;

  private final OrderParser orders;

  private final TransformParser transforms;

  PipeParser(Parser parser, Cursor cursor) {
    this.parser = parser;
    this.cursor = cursor;
    orders = new OrderParser(cursor);
    stats = new StatsParser(parser, cursor, orders);
    transforms = new TransformParser(parser, cursor);
  }

  Pipe parse() {
    cursor.enterPipe();
    Token first = cursor.peek();
    String name = (first.kind() == Token.Kind.WORD) ? first.text().toLowerCase(Locale.ROOT) : "";
    PipeName pipe = PipeName.of(name);
    if (pipe != null && !cursor.peek(1).is(":")) {
      cursor.next();
      return named(pipe);
    }
    if (cursor.atEnd()) {
      throw cursor.error("Expected a pipe, found " + first.shown());
    }
    if (name.equals("by")
        || first.is("(")
        || (Keywords.STATS.contains(name) && cursor.peek(1).is("("))) {
      return stats.parse();
    }
    if (Keywords.STATS.contains(name) && !cursor.peek(1).is(":")) {
      throw cursor.error(
          "Expected '(' after the stats function "
              + first.shown()
              + "; a word to filter by needs quotes or 'filter'");
    }
    boolean function = FilterFunction.of(name) != null && cursor.peek(1).is("(");
    if (!name.isEmpty() && !name.equals("not") && !function && !isFieldName()) {
      throw cursor.error(
          "There is no pipe '" + first.text() + "'; 'filter …' selects rows by words");
    }
    return new FilterPipe(parser.filters().parse());
  }

  /** Whether a field name and a colon follow. */
  private boolean isFieldName() {
    int mark = cursor.mark();
    cursor.phrase("a pipe", ":");
    boolean named = cursor.is(":");
    cursor.reset(mark, cursor.depth());
    return named;
  }

  private Pipe named(PipeName name) {
    return switch (name) {
      case BLOCK_STATS -> new BlockStatsPipe();
      case BLOCKS_COUNT -> new BlocksCountPipe(cursor.result("blocks_count"));
      case COPY -> new CopyPipe(renamings());
      case RENAME -> new RenamePipe(renamings());
      case DELETE -> new DeletePipe(cursor.patterns());
      case FIELDS -> new FieldsPipe(cursor.patterns());
      case DROP_EMPTY_FIELDS -> new DropEmptyFieldsPipe();
      case FACETS -> facets();
      case FIELD_NAMES -> new FieldNamesPipe(cursor.contained(), cursor.result("name"));
      case FIELD_VALUES -> fieldValues();
      case FILTER -> new FilterPipe(parser.filters().parse());
      case GENERATE_SEQUENCE -> new GenerateSequencePipe(sequence());
      case HASH -> new HashPipe(cursor.wrappedField(), cursor.result(Field.MESSAGE));
      case LEN -> new LenPipe(cursor.wrappedField(), cursor.result(Field.MESSAGE));
      case JSON_ARRAY_LEN ->
          new JsonArrayLenPipe(cursor.wrappedField(), cursor.result(Field.MESSAGE));
      case JOIN -> join();
      case LIMIT -> new LimitPipe(cursor.atText() ? cursor.count("a number of rows") : 10);
      case OFFSET -> new OffsetPipe(cursor.count("a number of rows"));
      case RUNNING_STATS -> stats.running(false);
      case TOTAL_STATS -> stats.running(true);
      case QUERY_STATS -> new QueryStatsPipe();
      case PATTERN -> new PatternPipe(cursor.result("_pattern"));
      case SAMPLE -> sample();
      case STATS -> stats.parse();
      case STREAM_CONTEXT -> streamContext();
      case UNION -> new UnionPipe(rowSource());
      case SORT -> orders.sort();
      case FIRST -> orders.first(false);
      case LAST -> orders.first(true);
      case TOP -> orders.top();
      case UNIQ -> orders.uniq();
      case MATH -> new MathParser(cursor).parse();
      case COALESCE -> transforms.coalesce();
      case COLLAPSE_NUMS -> transforms.collapseNums();
      case DECOLORIZE -> transforms.decolorize();
      case EXTRACT -> transforms.extract();
      case EXTRACT_REGEXP -> transforms.extractRegexp();
      case FORMAT -> transforms.format();
      case JSON_ARRAY_CONCAT -> transforms.jsonArrayConcat();
      case PACK_JSON -> transforms.packJson();
      case PACK_LOGFMT -> transforms.packLogfmt();
      case REPLACE -> transforms.replace();
      case REPLACE_REGEXP -> transforms.replaceRegexp();
      case SET_STREAM_FIELDS -> transforms.setStreamFields();
      case SPLIT -> transforms.split();
      case TIME_ADD -> transforms.timeAdd();
      case UNPACK_JSON -> transforms.unpackPairs(UnpackPairsPipe.Format.JSON);
      case UNPACK_LOGFMT -> transforms.unpackPairs(UnpackPairsPipe.Format.LOGFMT);
      case UNPACK_SYSLOG -> transforms.unpackSyslog();
      case UNPACK_WORDS -> transforms.unpackWords();
      case UNROLL -> transforms.unroll();
    };
  }

  private List<Renaming> renamings() {
    List<Renaming> renamings = new ArrayList<>();
    do {
      FieldPattern from = cursor.pattern();
      cursor.accept("as");
      renamings.add(new Renaming(from, cursor.pattern()));
    } while (cursor.accept(","));
    return renamings;
  }

  private Pipe facets() {
    long limit = FacetsPipe.DEFAULT_LIMIT;
    if (cursor.atText()
        && !cursor.is("max_values_per_field", "max_value_len", "keep_const_fields")) {
      limit = cursor.count("a number of values");
    }
    long maxValues = FacetsPipe.DEFAULT_MAX_VALUES;
    long maxLength = FacetsPipe.DEFAULT_MAX_LENGTH;
    boolean keepConstant = false;
    while (cursor.atText()) {
      if (cursor.accept("max_values_per_field")) {
        maxValues = cursor.count("a number of values");
      } else if (cursor.accept("max_value_len")) {
        maxLength = cursor.count("a length in bytes");
      } else {
        cursor.expect("keep_const_fields");
        keepConstant = true;
      }
    }
    return new FacetsPipe(limit, maxValues, maxLength, keepConstant);
  }

  private Pipe fieldValues() {
    if (cursor.is("limit")) {
      throw cursor.error("Expected a field name, found 'limit'");
    }
    String field = cursor.wrappedField();
    return new FieldValuesPipe(
        field, cursor.contained(), cursor.accept("limit") ? cursor.count("a number of values") : 0);
  }

  private Pipe join() {
    if (!cursor.accept("by")) {
      cursor.accept("on");
    }
    Token token = cursor.peek();
    List<String> fields = cursor.wrappedFields();
    if (fields.isEmpty()) {
      throw cursor.error("Expected the fields to join by", token);
    }
    RowSource source = rowSource();
    boolean inner = cursor.accept("inner");
    String prefix = cursor.accept("prefix") ? cursor.text("a prefix of names") : null;
    inner |= prefix != null && !inner && cursor.accept("inner");
    return new JoinPipe(fields, source, inner, prefix);
  }

  /** Reads {@code (query)} or {@code rows({name:value, …}, …)}. */
  private RowSource rowSource() {
    if (cursor.is("rows")) {
      return inlineRows();
    }
    cursor.expect("(");
    Query query = parser.subquery();
    cursor.expect(")");
    return query;
  }

  private InlineRows inlineRows() {
    cursor.next();
    cursor.expect("(");
    List<Map<String, String>> rows = new ArrayList<>();
    while (!cursor.accept(")")) {
      rows.add(inlineRow());
      if (!cursor.is(")")) {
        cursor.expect(",");
      }
    }
    return new InlineRows(rows);
  }

  private Map<String, String> inlineRow() {
    cursor.expect("{");
    Map<String, String> row = new LinkedHashMap<>();
    while (!cursor.accept("}")) {
      if (cursor.is("}", "{", ":", "=")) {
        throw cursor.error("Expected a field name, found " + cursor.peek().shown());
      }
      String name = cursor.phrase("a field name", ":", "=", "}");
      if (!cursor.accept("=")) {
        cursor.expect(":");
      }
      if (cursor.is("}", "{")) {
        throw cursor.error("Expected a value, found " + cursor.peek().shown());
      }
      String value = cursor.text("a value", "}");
      row.put(name.isEmpty() ? Field.MESSAGE : name, value);
      if (!cursor.is("}")) {
        cursor.expect(",");
      }
    }
    return row;
  }

  private long sequence() {
    Token token = cursor.peek();
    String text = cursor.text("a number of rows");
    double count = Math.floor(Numbers.parse(text));
    if (!(count >= 1 && count <= 1L << 62)) {
      throw cursor.error("Expected a number of rows, at least 1, found '" + text + "'", token);
    }
    return (long) count;
  }

  private Pipe sample() {
    Token token = cursor.peek();
    long oneOf = cursor.count("a number");
    if (oneOf == 0) {
      throw cursor.error("Expected a number of at least 1", token);
    }
    return new SamplePipe(oneOf);
  }

  private Pipe streamContext() {
    long before = -1;
    long after = -1;
    long window = StreamContextPipe.DEFAULT_WINDOW;
    while (cursor.is("before", "after", "time_window")) {
      if (cursor.accept("before")) {
        before = cursor.count("a number of rows");
      } else if (cursor.accept("after")) {
        after = cursor.count("a number of rows");
      } else {
        cursor.next();
        window = cursor.duration();
      }
    }
    if (before < 0 && after < 0) {
      throw cursor.error("Expected 'before' or 'after', found " + cursor.peek().shown());
    }
    return new StreamContextPipe(Math.max(0, before), Math.max(0, after), window);
  }
}
