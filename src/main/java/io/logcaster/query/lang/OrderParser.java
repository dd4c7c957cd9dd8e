package io.logcaster.query.lang;

import io.logcaster.query.ast.FirstPipe;
import io.logcaster.query.ast.Pipe;
import io.logcaster.query.ast.SortKey;
import io.logcaster.query.ast.SortPipe;
import io.logcaster.query.ast.TopPipe;
import io.logcaster.query.ast.UniqPipe;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads pipes that order rows or choose among them.
 *
 * <pre>
 * sort      = [["by"] keys] ["desc" | "asc"] (partition | "offset" count | "limit" count | rank)*
 * first     = [count] [["by"] keys] (partition | rank)*
 * keys      = "(" [name ["desc" | "asc"] ("," name ["desc" | "asc"])* [","]] ")"
 * partition = "partition" ["by"] "(" names ")"
 * rank      = ["with"] "rank" [["as"] name]
 * top       = [count] ["by"] names ("hits" ["as"] name | rank)*
 * uniq      = ["by"] names [["with"] "hits" | "filter" text] ["limit" count]
 * </pre>
 */
final class OrderParser {

  private final Cursor cursor;

  OrderParser(Cursor cursor) {
    this.cursor = cursor;
  }

  Pipe sort() {
    List<SortKey> keys = keys();
    boolean descending = cursor.accept("desc");
    if (!descending) {
      cursor.accept("asc");
    }
    List<String> partition = List.of();
    long offset = -1;
    long limit = -1;
    String rank = null;
    while (cursor.is("partition", "offset", "limit", "rank", "with")) {
      Token token = cursor.peek();
      if (token.is("partition")) {
        partition = partition();
      } else if (token.is("offset")) {
        cursor.next();
        refuseSecond(offset, token);
        offset = cursor.count("a number of rows");
      } else if (token.is("limit")) {
        cursor.next();
        refuseSecond(limit, token);
        limit = cursor.count("a number of rows");
      } else {
        rank = rank();
      }
    }
    if (!partition.isEmpty() && limit <= 0) {
      throw cursor.error("A sort with 'partition by' needs a limit");
    }
    return new SortPipe(keys, descending, partition, Math.max(0, offset), Math.max(0, limit), rank);
  }

  private void refuseSecond(long given, Token token) {
    if (given >= 0) {
      throw cursor.error("There are two of " + token.shown(), token);
    }
  }

  List<SortKey> keys() {
    boolean by = cursor.accept("by");
    if (!by && !cursor.is("(")) {
      return List.of();
    }
    cursor.expect("(");
    List<SortKey> keys = new ArrayList<>();
    while (!cursor.accept(")")) {
      String field = cursor.field();
      boolean descending = cursor.accept("desc");
      if (!descending) {
        cursor.accept("asc");
      }
      keys.add(new SortKey(field, descending));
      if (!cursor.is(")")) {
        cursor.expect(",");
      }
    }
    return keys;
  }

  private List<String> partition() {
    cursor.expect("partition");
    cursor.accept("by");
    Token token = cursor.peek();
    List<String> fields = cursor.wrappedFields();
    if (fields.isEmpty()) {
      throw cursor.error("Expected the fields of a partition", token);
    }
    return fields;
  }

  private String rank() {
    cursor.accept("with");
    cursor.expect("rank");
    if (cursor.accept("as")
        || (cursor.atText() && !cursor.is("partition", "offset", "limit", "hits", "with"))) {
      return cursor.field();
    }
    return "rank";
  }

  Pipe first(boolean last) {
    long limit = 1;
    if (cursor.atText() && !cursor.is("by", "partition", "rank", "with")) {
      limit = cursor.count("a number of rows");
    }
    List<SortKey> keys = keys();
    List<String> partition = List.of();
    String rank = null;
    while (cursor.is("partition", "rank", "with")) {
      if (cursor.is("partition")) {
        partition = partition();
      } else {
        rank = rank();
      }
    }
    return new FirstPipe(last, limit, keys, partition, rank);
  }

  Pipe top() {
    long limit = TopPipe.DEFAULT_LIMIT;
    if (cursor.peek().kind() == Token.Kind.WORD
        && Character.isDigit(cursor.peek().text().charAt(0))) {
      limit = cursor.count("a number of values");
    }
    List<String> fields = names("rank", "hits", "with");
    String hits = "hits";
    String rank = null;
    while (cursor.is("hits", "rank", "with")) {
      if (cursor.accept("hits")) {
        cursor.accept("as");
        hits = cursor.field();
      } else {
        rank = rank();
      }
    }
    return new TopPipe(limit, fields, freeName(hits, fields), rank);
  }

  private List<String> names(String... reserved) {
    cursor.accept("by");
    Token token = cursor.peek();
    if (cursor.is(reserved)) {
      throw cursor.error(
          "Expected a field name, found " + token.shown() + "; a field of that name needs quotes");
    }
    List<String> fields = cursor.fields();
    if (fields.isEmpty()) {
      throw cursor.error("Expected a field name", token);
    }
    return fields;
  }

  Pipe uniq() {
    List<String> fields = names("hits", "limit", "with", "filter");
    @Nullable String hits = null;
    if (cursor.is("hits", "with")) {
      cursor.accept("with");
      cursor.expect("hits");
      hits = freeName("hits", fields);
    }
    Token token = cursor.peek();
    String filter = (hits == null) ? cursor.contained() : "";
    if (!filter.isEmpty() && fields.size() > 1) {
      throw cursor.error("A filter in uniq needs exactly one field", token);
    }
    return new UniqPipe(
        fields, hits, filter, cursor.accept("limit") ? cursor.count("a number of values") : 0);
  }

  /** A name for a result that differs from the names of some fields. */
  private static String freeName(String wanted, List<String> fields) {
    String name = wanted;
    while (fields.contains(name)) {
      name += "s";
    }
    return name;
  }
}
