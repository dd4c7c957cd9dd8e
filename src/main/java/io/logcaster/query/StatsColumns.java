package io.logcaster.query;

import io.logcaster.query.ast.BlockStatsPipe;
import io.logcaster.query.ast.BlocksCountPipe;
import io.logcaster.query.ast.Bucket;
import io.logcaster.query.ast.CopyPipe;
import io.logcaster.query.ast.DeletePipe;
import io.logcaster.query.ast.FacetsPipe;
import io.logcaster.query.ast.FieldNamesPipe;
import io.logcaster.query.ast.FieldPattern;
import io.logcaster.query.ast.FieldValuesPipe;
import io.logcaster.query.ast.FieldsPipe;
import io.logcaster.query.ast.FilterPipe;
import io.logcaster.query.ast.FirstPipe;
import io.logcaster.query.ast.FormatPipe;
import io.logcaster.query.ast.GenerateSequencePipe;
import io.logcaster.query.ast.JoinPipe;
import io.logcaster.query.ast.LimitPipe;
import io.logcaster.query.ast.MathPipe;
import io.logcaster.query.ast.OffsetPipe;
import io.logcaster.query.ast.Pipe;
import io.logcaster.query.ast.QueryStatsPipe;
import io.logcaster.query.ast.RenamePipe;
import io.logcaster.query.ast.Renaming;
import io.logcaster.query.ast.RowPipe;
import io.logcaster.query.ast.RunningStatsPipe;
import io.logcaster.query.ast.SamplePipe;
import io.logcaster.query.ast.SortPipe;
import io.logcaster.query.ast.StatsFunction;
import io.logcaster.query.ast.StatsPipe;
import io.logcaster.query.ast.StreamContextPipe;
import io.logcaster.query.ast.TopPipe;
import io.logcaster.query.ast.UnionPipe;
import io.logcaster.query.ast.UniqPipe;
import io.logcaster.query.ast.UnrollPipe;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The columns of the result of a query that ends in a {@code stats} pipe, perhaps followed by pipes
 * that choose, order, name or calculate.
 *
 * @param labels what the rows are grouped by, and texts that are made of it
 * @param metrics what was calculated
 * @param histograms the calculated fields that hold a histogram, as a JSON array of its buckets
 */
public record StatsColumns(List<String> labels, List<String> metrics, Set<String> histograms) {

  public StatsColumns {
    labels = List.copyOf(labels);
    metrics = List.copyOf(metrics);
    histograms = Set.copyOf(histograms);
  }

  /** The columns after some pipes; null if they do not end in stats. */
  static @Nullable StatsColumns of(List<Pipe> pipes) {
    int at = pipes.size() - 1;
    while (at >= 0 && !(pipes.get(at) instanceof StatsPipe)) {
      at--;
    }
    if (at < 0) {
      return null;
    }
    StatsPipe stats = (StatsPipe) pipes.get(at);
    Set<String> labels = new LinkedHashSet<>(stats.by().stream().map(Bucket::field).toList());
    Set<String> metrics = new LinkedHashSet<>();
    stats.calculations().forEach((calculation) -> metrics.add(calculation.result()));
    for (Pipe pipe : pipes.subList(at + 1, pipes.size())) {
      if (!follow(pipe, labels, metrics)) {
        return null;
      }
    }
    return new StatsColumns(List.copyOf(labels), List.copyOf(metrics), histograms(pipes));
  }

  private static Set<String> histograms(List<Pipe> pipes) {
    Set<String> names = new HashSet<>();
    for (Pipe pipe : pipes) {
      if (pipe instanceof StatsPipe stats) {
        for (StatsPipe.Calculation calculation : stats.calculations()) {
          if (calculation.call().function() == StatsFunction.HISTOGRAM) {
            names.add(calculation.result());
          }
        }
      }
    }
    return names;
  }

  /** Applies a pipe to the columns; false where its rows are no longer those of stats. */
  private static boolean follow(Pipe pipe, Set<String> labels, Set<String> metrics) {
    switch (pipe) {
      case FilterPipe _, SortPipe _, FirstPipe _, LimitPipe _, OffsetPipe _ -> {}
      case MathPipe math ->
          math.assignments().forEach((assignment) -> metrics.add(assignment.result()));
      case FormatPipe format -> {
        labels.add(format.result());
        metrics.remove(format.result());
      }
      case RunningStatsPipe running ->
          running.calculations().forEach((calculation) -> metrics.add(calculation.result()));
      case FieldsPipe fields -> {
        labels.removeIf((name) -> !FieldPattern.anyMatches(fields.fields(), name));
        metrics.removeIf((name) -> !FieldPattern.anyMatches(fields.fields(), name));
      }
      case DeletePipe delete -> {
        labels.removeIf((name) -> FieldPattern.anyMatches(delete.fields(), name));
        metrics.removeIf((name) -> FieldPattern.anyMatches(delete.fields(), name));
      }
      case CopyPipe copy -> copy.renamings().forEach((one) -> rename(one, true, labels, metrics));
      case RenamePipe rename ->
          rename.renamings().forEach((one) -> rename(one, false, labels, metrics));
      case BlockStatsPipe _,
          BlocksCountPipe _,
          FacetsPipe _,
          FieldNamesPipe _,
          FieldValuesPipe _,
          GenerateSequencePipe _,
          JoinPipe _,
          QueryStatsPipe _,
          RowPipe _,
          SamplePipe _,
          StatsPipe _,
          StreamContextPipe _,
          TopPipe _,
          UnionPipe _,
          UniqPipe _,
          UnrollPipe _ -> {
        return false;
      }
    }
    return true;
  }

  private static void rename(
      Renaming renaming, boolean keep, Set<String> labels, Set<String> metrics) {
    List<String> asLabels = taken(renaming, keep, labels);
    List<String> asMetrics = taken(renaming, keep, metrics);
    labels.removeAll(asMetrics);
    metrics.removeAll(asLabels);
    labels.addAll(asLabels);
    metrics.addAll(asMetrics);
  }

  /** Removes what a renaming takes from some columns, unless it copies; returns the new names. */
  private static List<String> taken(Renaming renaming, boolean keep, Set<String> columns) {
    List<String> names = new ArrayList<>();
    for (String name : List.copyOf(columns)) {
      if (renaming.from().matches(name)) {
        names.add(renaming.rename(name));
        if (!keep) {
          columns.remove(name);
        }
      }
    }
    return names;
  }
}
