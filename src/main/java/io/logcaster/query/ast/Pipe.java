package io.logcaster.query.ast;

import io.logcaster.record.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A step of a query after its filter. Each kind of pipe is a record, which holds what was written,
 * prints its canonical text, and declares its {@link PipeTraits}.
 */
public sealed interface Pipe
    permits BlockStatsPipe,
        BlocksCountPipe,
        FacetsPipe,
        FieldNamesPipe,
        FieldValuesPipe,
        FilterPipe,
        FirstPipe,
        GenerateSequencePipe,
        JoinPipe,
        LimitPipe,
        OffsetPipe,
        QueryStatsPipe,
        RowPipe,
        RunningStatsPipe,
        SamplePipe,
        SortPipe,
        StatsPipe,
        StreamContextPipe,
        TopPipe,
        UnionPipe,
        UniqPipe,
        UnrollPipe {

  /** Appends the canonical text. */
  void print(StringBuilder out);

  /** What the planner has to know of the pipe. */
  PipeTraits traits();

  /** Appends the filter of the rows that a pipe changes. */
  static void condition(StringBuilder out, @Nullable Filter condition) {
    if (condition != null) {
      out.append(" if (");
      condition.print(out);
      out.append(')');
    }
  }

  /** Appends the name of a result. */
  static void as(StringBuilder out, String result) {
    out.append(" as ");
    Text.quote(out, result);
  }

  /** Appends the name of a result, by default the message. */
  static void result(StringBuilder out, String result) {
    if (!result.equals(Field.MESSAGE)) {
      as(out, result);
    }
  }

  /** Appends the field that is read, by default the message. */
  static void from(StringBuilder out, String field) {
    if (!field.equals(Field.MESSAGE)) {
      out.append(" from ");
      Text.quote(out, field);
    }
  }

  /** Appends the field that is changed, by default the message. */
  static void at(StringBuilder out, String field) {
    if (!field.equals(Field.MESSAGE)) {
      out.append(" at ");
      Text.quote(out, field);
    }
  }

  /** Appends the text that names or values have to contain, where there is one. */
  static void filter(StringBuilder out, String filter) {
    if (!filter.isEmpty()) {
      out.append(" filter ");
      Text.quote(out, filter);
    }
  }

  /** Appends a limit, where there is one. */
  static void limit(StringBuilder out, long limit) {
    if (limit > 0) {
      out.append(" limit ").append(limit);
    }
  }

  /** Appends the fields of a partition. */
  static void partition(StringBuilder out, List<String> fields) {
    if (!fields.isEmpty()) {
      out.append(" partition by (");
      Text.quoteAll(out, fields, ", ");
      out.append(')');
    }
  }

  /** Appends the field that gets a rank. */
  static void rank(StringBuilder out, @Nullable String rank) {
    if (rank != null) {
      out.append(" rank");
      if (!rank.equals("rank")) {
        as(out, rank);
      }
    }
  }

  /** Appends a choice of fields, by default all. */
  static void fields(StringBuilder out, List<FieldPattern> fields) {
    if (!FieldPattern.isAll(fields)) {
      out.append(" fields (");
      FieldPattern.print(out, fields);
      out.append(')');
    }
  }

  /** Appends the prefix of the names of results. */
  static void resultPrefix(StringBuilder out, String prefix) {
    if (!prefix.isEmpty()) {
      out.append(" result_prefix ");
      Text.quote(out, prefix);
    }
  }

  /** Appends what is replaced, by what and where. */
  static void replacement(
      StringBuilder out,
      @Nullable Filter condition,
      String from,
      String to,
      String field,
      long limit) {
    condition(out, condition);
    out.append(" (");
    Text.quote(out, from);
    out.append(", ");
    Text.quote(out, to);
    out.append(')');
    at(out, field);
    limit(out, limit);
  }
}
