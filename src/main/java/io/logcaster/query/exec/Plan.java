package io.logcaster.query.exec;

import io.logcaster.query.ast.BlockStatsPipe;
import io.logcaster.query.ast.BlocksCountPipe;
import io.logcaster.query.ast.CoalescePipe;
import io.logcaster.query.ast.CollapseNumsPipe;
import io.logcaster.query.ast.CopyPipe;
import io.logcaster.query.ast.DecolorizePipe;
import io.logcaster.query.ast.DeletePipe;
import io.logcaster.query.ast.DropEmptyFieldsPipe;
import io.logcaster.query.ast.ExtractPipe;
import io.logcaster.query.ast.ExtractRegexpPipe;
import io.logcaster.query.ast.FacetsPipe;
import io.logcaster.query.ast.FieldNamesPipe;
import io.logcaster.query.ast.FieldValuesPipe;
import io.logcaster.query.ast.FieldsPipe;
import io.logcaster.query.ast.Filter;
import io.logcaster.query.ast.FilterPipe;
import io.logcaster.query.ast.FirstPipe;
import io.logcaster.query.ast.FormatPipe;
import io.logcaster.query.ast.GenerateSequencePipe;
import io.logcaster.query.ast.HashPipe;
import io.logcaster.query.ast.JoinPipe;
import io.logcaster.query.ast.JsonArrayConcatPipe;
import io.logcaster.query.ast.JsonArrayLenPipe;
import io.logcaster.query.ast.LenPipe;
import io.logcaster.query.ast.LimitPipe;
import io.logcaster.query.ast.MathPipe;
import io.logcaster.query.ast.OffsetPipe;
import io.logcaster.query.ast.PackJsonPipe;
import io.logcaster.query.ast.PackLogfmtPipe;
import io.logcaster.query.ast.PatternPipe;
import io.logcaster.query.ast.Pipe;
import io.logcaster.query.ast.PipeTraits.Effect;
import io.logcaster.query.ast.QueryStatsPipe;
import io.logcaster.query.ast.RenamePipe;
import io.logcaster.query.ast.ReplacePipe;
import io.logcaster.query.ast.ReplaceRegexpPipe;
import io.logcaster.query.ast.RunningStatsPipe;
import io.logcaster.query.ast.SamplePipe;
import io.logcaster.query.ast.SetStreamFieldsPipe;
import io.logcaster.query.ast.SortPipe;
import io.logcaster.query.ast.SplitPipe;
import io.logcaster.query.ast.StatsPipe;
import io.logcaster.query.ast.StreamContextPipe;
import io.logcaster.query.ast.TimeAddPipe;
import io.logcaster.query.ast.TopPipe;
import io.logcaster.query.ast.UnionPipe;
import io.logcaster.query.ast.UniqPipe;
import io.logcaster.query.ast.UnpackPairsPipe;
import io.logcaster.query.ast.UnpackSyslogPipe;
import io.logcaster.query.ast.UnpackWordsPipe;
import io.logcaster.query.ast.UnrollPipe;
import io.logcaster.query.exec.filter.FieldMatcher;
import io.logcaster.query.exec.filter.SubstringMatcher;
import io.logcaster.query.exec.frame.RowSink;
import io.logcaster.query.exec.pipe.BlockOperators;
import io.logcaster.query.exec.pipe.Coalesce;
import io.logcaster.query.exec.pipe.Extraction;
import io.logcaster.query.exec.pipe.FacetsOperator;
import io.logcaster.query.exec.pipe.FieldNamesOperator;
import io.logcaster.query.exec.pipe.FilterOperator;
import io.logcaster.query.exec.pipe.Formatting;
import io.logcaster.query.exec.pipe.GroupCountOperator;
import io.logcaster.query.exec.pipe.JoinOperator;
import io.logcaster.query.exec.pipe.LimitOperator;
import io.logcaster.query.exec.pipe.Mappings;
import io.logcaster.query.exec.pipe.MathOperator;
import io.logcaster.query.exec.pipe.Mergeable;
import io.logcaster.query.exec.pipe.NeededFields;
import io.logcaster.query.exec.pipe.OffsetOperator;
import io.logcaster.query.exec.pipe.Operator;
import io.logcaster.query.exec.pipe.Packing;
import io.logcaster.query.exec.pipe.Projections;
import io.logcaster.query.exec.pipe.QueryContext;
import io.logcaster.query.exec.pipe.QueryStatsOperator;
import io.logcaster.query.exec.pipe.RegexpExtraction;
import io.logcaster.query.exec.pipe.Rewrite;
import io.logcaster.query.exec.pipe.RunningStatsOperator;
import io.logcaster.query.exec.pipe.SampleOperator;
import io.logcaster.query.exec.pipe.SequenceOperator;
import io.logcaster.query.exec.pipe.SortOperator;
import io.logcaster.query.exec.pipe.SortSpec;
import io.logcaster.query.exec.pipe.StatsOperator;
import io.logcaster.query.exec.pipe.StreamContextOperator;
import io.logcaster.query.exec.pipe.StreamFields;
import io.logcaster.query.exec.pipe.SyslogUnpacking;
import io.logcaster.query.exec.pipe.TransformOperator;
import io.logcaster.query.exec.pipe.UnionOperator;
import io.logcaster.query.exec.pipe.Unpacking;
import io.logcaster.query.exec.pipe.UnrollOperator;
import io.logcaster.query.exec.text.CollapseNums;
import io.logcaster.query.exec.text.Decolorize;
import io.logcaster.query.exec.text.Template;
import io.logcaster.query.exec.text.TemplateIdMapper;
import io.logcaster.record.BytesMapper;
import io.logcaster.record.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns the pipes of a query into operators, from the last to the first. A new pipe needs a case in
 * {@link #operator}.
 */
final class Plan {

  private final QueryContext context;

  private @Nullable SortOperator timeSort;

  /** The fields that the pipes after the current one read; null for any. */
  private @Nullable Set<String> wanted;

  /** The operator of the current pipe whose states can be merged; null if they cannot. */
  private @Nullable Mergeable mergeable;

  private Plan(QueryContext context) {
    this.context = context;
  }

  /**
   * The operators of a query.
   *
   * @param first the operator that takes the rows of the scan
   * @param timeSort a sort that only needs the first or last records; null for none
   * @param entries for each pipe the operator that takes its rows, and last the one after all pipes
   * @param mergeable for each pipe the operator whose states can be merged; null where they cannot
   */
  record Operators(
      Operator first,
      @Nullable SortOperator timeSort,
      List<Operator> entries,
      List<@Nullable Mergeable> mergeable) {}

  static Operators of(List<Pipe> pipes, QueryContext context, RowSink sink) {
    return of(pipes, context, sink, null);
  }

  static Operators of(
      List<Pipe> pipes, QueryContext context, RowSink sink, @Nullable StageTaps taps) {
    Plan plan = new Plan(context);
    Operator operator = tapped(taps, pipes.size(), new SinkOperator(sink), context);
    List<Operator> entries = new ArrayList<>(List.of(operator));
    List<@Nullable Mergeable> mergeable = new ArrayList<>();
    for (int i = pipes.size() - 1; i >= 0; i--) {
      plan.mergeable = null;
      plan.wanted = NeededFields.of(pipes.subList(i + 1, pipes.size()));
      operator = plan.operator(pipes.get(i), operator);
      if (operator instanceof SortOperator sort && keepsRecords(pipes.subList(0, i))) {
        plan.timeSort = sort;
      }
      if (plan.mergeable == null && operator instanceof Mergeable own) {
        plan.mergeable = own;
      }
      operator = tapped(taps, i, operator, context);
      entries.addFirst(operator);
      mergeable.addFirst(plan.mergeable);
    }
    SortOperator sort = plan.timeSort;
    return new Operators(
        operator, (sort != null && sort.isByTime()) ? sort : null, entries, mergeable);
  }

  /** Counts what a stage gives on to an operator, where that is wanted. */
  private static Operator tapped(
      @Nullable StageTaps taps, int stage, Operator next, QueryContext context) {
    return (taps == null) ? next : taps.tap(stage, next, context.budget());
  }

  /**
   * Whether pipes only leave out rows and fields, so that a sort after them may tell the scan which
   * records it needs.
   */
  private static boolean keepsRecords(List<Pipe> pipes) {
    return pipes.stream().allMatch((pipe) -> pipe.traits().effect() == Effect.SELECTS);
  }

  private Operator operator(Pipe pipe, Operator next) {
    return switch (pipe) {
      case FilterPipe filter ->
          new FilterOperator(context.compiler().matcher(filter.filter()), next);
      case FieldsPipe fields -> new TransformOperator(Projections.fields(fields.fields()), next);
      case DeletePipe delete -> new TransformOperator(Projections.delete(delete.fields()), next);
      case CopyPipe copy -> new TransformOperator(Projections.copy(copy.renamings()), next);
      case RenamePipe rename -> new TransformOperator(Projections.rename(rename.renamings()), next);
      case DropEmptyFieldsPipe drop -> new Projections.DropEmptyFields(next);
      case LimitPipe limit -> new LimitOperator(limit.limit(), next);
      case OffsetPipe offset -> new OffsetOperator(offset.offset(), next);
      case SortPipe sort -> new SortOperator(SortSpec.of(sort), context, next);
      case FirstPipe first -> new SortOperator(SortSpec.of(first), context, next);
      case StatsPipe stats -> new StatsOperator(stats, context, next);
      case UniqPipe uniq ->
          containing(uniq.fields(), uniq.filter(), GroupCountOperator.uniq(uniq, context, next));
      case TopPipe top -> GroupCountOperator.top(top, context, next);
      case FieldValuesPipe values ->
          containing(
              List.of(values.field()),
              values.filter(),
              GroupCountOperator.values(values, context, next));
      case FieldNamesPipe names -> new FieldNamesOperator(names, next);
      case FacetsPipe facets -> new FacetsOperator(facets, context, next);
      case BlocksCountPipe count -> new BlockOperators.Count(count.result(), next);
      case BlockStatsPipe stats -> new BlockOperators.Stats(next);
      case SamplePipe sample -> new SampleOperator(sample.oneOf(), next);
      case UnionPipe union -> new UnionOperator(union.source(), context, next);
      case GenerateSequencePipe sequence -> new SequenceOperator(sequence.count(), context, next);
      case QueryStatsPipe stats -> new QueryStatsOperator(context, next);
      case RunningStatsPipe stats ->
          new SortOperator(
              SortSpec.BY_TIME, context, new RunningStatsOperator(stats, context, next));
      case JoinPipe join -> new JoinOperator(join, context, next);
      case UnrollPipe unroll ->
          new UnrollOperator(context.condition(unroll.condition()), unroll.fields(), next);
      case StreamContextPipe around -> new StreamContextOperator(around, context, next);
      case CoalescePipe coalesce -> new TransformOperator(Coalesce.of(coalesce), next);
      case CollapseNumsPipe collapse ->
          rewrite(
              collapse.condition(),
              collapse.field(),
              collapse.field(),
              CollapseNums.mapper(collapse.prettify()),
              next);
      case DecolorizePipe decolorize ->
          rewrite(null, decolorize.field(), decolorize.field(), Decolorize::map, next);
      case HashPipe hash -> rewrite(null, hash.field(), hash.result(), Mappings::hash, next);
      case LenPipe length ->
          new TransformOperator(Rewrite.lengths(length.field(), length.result()), next);
      case JsonArrayConcatPipe concat ->
          rewrite(
              null,
              concat.field(),
              concat.result(),
              Mappings.jsonArrayConcat(concat.separator()),
              next);
      case JsonArrayLenPipe length ->
          rewrite(null, length.field(), length.result(), Mappings::jsonArrayLength, next);
      case ReplacePipe replace ->
          rewrite(
              replace.condition(),
              replace.field(),
              replace.field(),
              Mappings.replace(replace.from(), replace.to(), replace.limit()),
              next);
      case ReplaceRegexpPipe replace ->
          rewrite(
              replace.condition(),
              replace.field(),
              replace.field(),
              Mappings.replaceRegexp(replace.from(), replace.to(), replace.limit()),
              next);
      case SetStreamFieldsPipe streams ->
          new TransformOperator(
              StreamFields.of(streams, context.condition(streams.condition())), next);
      case TimeAddPipe add ->
          rewrite(null, add.field(), add.field(), Mappings.timeAdd(add.nanos()), next);
      case SplitPipe split ->
          rewrite(null, split.field(), split.result(), Mappings.split(split.separator()), next);
      case UnpackWordsPipe words ->
          rewrite(
              null, words.field(), words.result(), Mappings.words(words.dropDuplicates()), next);
      case PatternPipe pattern ->
          rewrite(
              null, Field.MESSAGE, pattern.result(), Template.MAPPER, templateIds(pattern, next));
      case ExtractPipe extract ->
          new TransformOperator(
              Extraction.of(
                  context.condition(extract.condition()),
                  extract.pattern(),
                  extract.field(),
                  extract.overwrite()),
              next);
      case ExtractRegexpPipe extract ->
          new TransformOperator(
              RegexpExtraction.of(
                  context.condition(extract.condition()),
                  extract.pattern(),
                  extract.field(),
                  extract.overwrite()),
              next);
      case FormatPipe format ->
          new TransformOperator(Formatting.of(format, context.condition(format.condition())), next);
      case MathPipe math -> new TransformOperator(MathOperator.of(math, context.now()), next);
      case PackJsonPipe pack ->
          new TransformOperator(Packing.json(pack.fields(), pack.result()), next);
      case PackLogfmtPipe pack ->
          new TransformOperator(Packing.logfmt(pack.fields(), pack.result()), next);
      case UnpackPairsPipe unpack ->
          new TransformOperator(Unpacking.of(unpack, context.condition(unpack.condition())), next);
      case UnpackSyslogPipe unpack ->
          new TransformOperator(
              SyslogUnpacking.of(unpack, context.condition(unpack.condition()), context.present()),
              next);
    };
  }

  /** Adds the ids of templates where something reads them: each takes a hash. */
  private Operator templateIds(PatternPipe pattern, Operator next) {
    Set<String> read = wanted;
    return read != null && !read.contains(pattern.idField())
        ? next
        : new TransformOperator(
            Rewrite.of(null, Field.MESSAGE, pattern.idField(), TemplateIdMapper::new), next);
  }

  /** Puts a filter before an operator: the values of a field must contain a text. */
  private Operator containing(List<String> fields, String text, Operator next) {
    mergeable = (next instanceof Mergeable own) ? own : null;
    return text.isEmpty()
        ? next
        : new FilterOperator(new FieldMatcher(fields.getFirst(), new SubstringMatcher(text)), next);
  }

  private Operator rewrite(
      @Nullable Filter condition, String field, String result, BytesMapper mapper, Operator next) {
    return new TransformOperator(
        Rewrite.of(context.condition(condition), field, result, () -> mapper), next);
  }
}
