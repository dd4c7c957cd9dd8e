package io.logcaster.query.lang;

import com.google.re2j.Pattern;
import io.logcaster.query.ast.CoalescePipe;
import io.logcaster.query.ast.CollapseNumsPipe;
import io.logcaster.query.ast.DecolorizePipe;
import io.logcaster.query.ast.ExtractPattern;
import io.logcaster.query.ast.ExtractPipe;
import io.logcaster.query.ast.ExtractRegexpPipe;
import io.logcaster.query.ast.FieldPattern;
import io.logcaster.query.ast.Filter;
import io.logcaster.query.ast.FormatPipe;
import io.logcaster.query.ast.JsonArrayConcatPipe;
import io.logcaster.query.ast.Overwrite;
import io.logcaster.query.ast.PackJsonPipe;
import io.logcaster.query.ast.PackLogfmtPipe;
import io.logcaster.query.ast.Pipe;
import io.logcaster.query.ast.ReplacePipe;
import io.logcaster.query.ast.ReplaceRegexpPipe;
import io.logcaster.query.ast.SetStreamFieldsPipe;
import io.logcaster.query.ast.SplitPipe;
import io.logcaster.query.ast.TimeAddPipe;
import io.logcaster.query.ast.UnpackPairsPipe;
import io.logcaster.query.ast.UnpackSyslogPipe;
import io.logcaster.query.ast.UnpackWordsPipe;
import io.logcaster.query.ast.UnrollPipe;
import io.logcaster.record.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads pipes that make fields out of fields.
 *
 * <pre>
 * coalesce       = "(" patterns ")" ["default" text] ["as" name]
 * collapse_nums  = [if] ["at" name] ["prettify"]
 * extract        = [if] pattern ["from" name] [keep]          (extract_regexp likewise)
 * format         = [if] pattern ["as" name] [keep]
 * json_array_concat = [text] [["from"] name] [["as"] name]
 * pack           = ["fields" "(" patterns ")"] [["as"] name]
 * replace        = [if] "(" text "," text ")" ["at" name] ["limit" count]
 * set_stream_fields = [if] patterns
 * split          = text ["from" name] [["as"] name]
 * time_add       = duration ["at" name]
 * unpack_json    = [if] [["from"] name] ["fields" "(" patterns ")"] ["preserve_keys" "(" names ")"]
 *                  ["result_prefix" text] [keep]                 (unpack_logfmt without preserve_keys)
 * unpack_syslog  = [if] [["from"] name] ["offset" duration] ["result_prefix" text] ["keep_original_fields"]
 * unpack_words   = [["from"] name] [["as"] name] ["drop_duplicates"]
 * unroll         = [if] ["by"] names
 * if             = "if" "(" filter ")"
 * keep           = "keep_original_fields" | "skip_empty_results"
 * </pre>
 */
final class TransformParser {

  private static final String[] WORDS = {
    "if",
    "from",
    "fields",
    "preserve_keys",
    "result_prefix",
    "offset",
    "as",
    "drop_duplicates",
    "keep_original_fields",
    "skip_empty_results"
  };

  private final Parser parser;

  private final Cursor cursor;

  TransformParser(Parser parser, Cursor cursor) {
    this.parser = parser;
    this.cursor = cursor;
  }

  Pipe collapseNums() {
    return new CollapseNumsPipe(condition(), at(), cursor.accept("prettify"));
  }

  Pipe decolorize() {
    return new DecolorizePipe(cursor.atEnd() ? Field.MESSAGE : cursor.field());
  }

  Pipe extract() {
    return new ExtractPipe(condition(), extractPattern(), from(), overwrite());
  }

  Pipe extractRegexp() {
    return new ExtractRegexpPipe(condition(), regexpPattern(), from(), overwrite());
  }

  Pipe packJson() {
    return new PackJsonPipe(chosen(), cursor.result(Field.MESSAGE));
  }

  Pipe packLogfmt() {
    return new PackLogfmtPipe(chosen(), cursor.result(Field.MESSAGE));
  }

  Pipe setStreamFields() {
    return new SetStreamFieldsPipe(condition(), cursor.patterns());
  }

  Pipe unpackSyslog() {
    return new UnpackSyslogPipe(
        condition(),
        source(),
        cursor.accept("offset") ? cursor.duration() : 0,
        prefix(),
        cursor.accept("keep_original_fields"));
  }

  Pipe coalesce() {
    Token token = cursor.peek();
    List<FieldPattern> fields = cursor.wrappedPatterns();
    if (fields.isEmpty()) {
      throw cursor.error("Expected the fields to choose from", token);
    }
    String otherwise = cursor.accept("default") ? cursor.text("a value") : "";
    return new CoalescePipe(
        fields, otherwise, cursor.accept("as") ? cursor.field() : Field.MESSAGE);
  }

  Pipe jsonArrayConcat() {
    String separator = "";
    Token first = cursor.peek();
    if (cursor.atText() && !cursor.is("from", "as")) {
      if (first.kind() == Token.Kind.SYMBOL) {
        throw cursor.error("A separator such as '" + first.text() + "' needs quotes");
      }
      separator = cursor.text("a separator");
    }
    String field = source();
    return new JsonArrayConcatPipe(separator, field, cursor.result(field));
  }

  Pipe timeAdd() {
    long nanos = cursor.duration();
    return new TimeAddPipe(nanos, cursor.accept("at") ? cursor.field() : Field.TIME);
  }

  private @Nullable Filter condition() {
    return cursor.accept("if") ? parser.filters().parseCondition() : null;
  }

  private String at() {
    return cursor.accept("at") ? cursor.field() : Field.MESSAGE;
  }

  private String from() {
    return cursor.accept("from") ? cursor.field() : Field.MESSAGE;
  }

  /** A field with or without {@code from} before it. */
  private String source() {
    if (cursor.accept("from") || (cursor.atText() && !cursor.is(WORDS))) {
      return cursor.field();
    }
    return Field.MESSAGE;
  }

  private Overwrite overwrite() {
    if (cursor.accept("keep_original_fields")) {
      return Overwrite.KEEP_ORIGINAL;
    }
    return cursor.accept("skip_empty_results") ? Overwrite.SKIP_EMPTY : Overwrite.ALWAYS;
  }

  private List<FieldPattern> chosen() {
    if (!cursor.accept("fields")) {
      return List.of(FieldPattern.ALL);
    }
    List<FieldPattern> fields = cursor.wrappedPatterns();
    return (fields.isEmpty() || FieldPattern.isAll(fields)) ? List.of(FieldPattern.ALL) : fields;
  }

  private String prefix() {
    return cursor.accept("result_prefix") ? cursor.text("a prefix of names") : "";
  }

  private String extractPattern() {
    Token token = cursor.peek();
    String pattern = cursor.text("a pattern");
    String problem = ExtractPattern.parse(pattern).problem();
    if (problem != null) {
      throw cursor.error(problem, token);
    }
    return pattern;
  }

  private String regexpPattern() {
    Token token = cursor.peek();
    String pattern = cursor.text("a regular expression");
    if (cursor.compile(pattern, token).namedGroups().isEmpty()) {
      throw cursor.error(
          "The regular expression needs a named group, such as (?P<ip>[0-9.]+)", token);
    }
    return pattern;
  }

  Pipe format() {
    Filter condition = condition();
    Token token = cursor.peek();
    String pattern = cursor.text("a pattern");
    if (ExtractPattern.parse(pattern).namesSeveral()) {
      throw cursor.error(ExtractPattern.ONE_FIELD, token);
    }
    String result = cursor.accept("as") ? cursor.field() : Field.MESSAGE;
    return new FormatPipe(condition, pattern, result, overwrite());
  }

  Pipe replace() {
    Filter condition = condition();
    cursor.expect("(");
    String from = cursor.text("the text to replace");
    cursor.expect(",");
    String to = cursor.text("the text to put in its place");
    cursor.expect(")");
    return new ReplacePipe(condition, from, to, at(), limit());
  }

  Pipe replaceRegexp() {
    Filter condition = condition();
    cursor.expect("(");
    Token token = cursor.peek();
    String from = cursor.text("a regular expression");
    Pattern _ = cursor.compile(from, token);
    cursor.expect(",");
    String to = cursor.text("the text to put in its place");
    cursor.expect(")");
    return new ReplaceRegexpPipe(condition, from, to, at(), limit());
  }

  private long limit() {
    return cursor.accept("limit") ? cursor.count("a number of places") : 0;
  }

  Pipe split() {
    String separator = cursor.text("a separator");
    String field = source();
    return new SplitPipe(separator, field, cursor.result(field));
  }

  Pipe unpackPairs(UnpackPairsPipe.Format format) {
    return new UnpackPairsPipe(
        format, condition(), source(), chosen(), preserved(format), prefix(), overwrite());
  }

  private List<String> preserved(UnpackPairsPipe.Format format) {
    return (format == UnpackPairsPipe.Format.JSON && cursor.accept("preserve_keys"))
        ? cursor.wrappedFields()
        : List.of();
  }

  Pipe unpackWords() {
    String field = source();
    String result = field;
    if (cursor.accept("as") || (cursor.atText() && !cursor.is("drop_duplicates"))) {
      result = cursor.field();
    }
    return new UnpackWordsPipe(field, result, cursor.accept("drop_duplicates"));
  }

  Pipe unroll() {
    Filter condition = condition();
    cursor.accept("by");
    Token token = cursor.peek();
    List<String> fields = cursor.fields();
    if (fields.isEmpty()) {
      throw cursor.error("Expected a field name", token);
    }
    return new UnrollPipe(condition, fields);
  }
}
