package io.logcaster.query.exec.pipe;

import io.logcaster.query.ast.ExtractPattern;
import io.logcaster.query.ast.ExtractPattern.Step;
import io.logcaster.query.ast.Overwrite;
import io.logcaster.query.exec.filter.RowMatcher;
import io.logcaster.query.exec.frame.Overlay;
import io.logcaster.query.exec.pipe.TransformOperator.Transform;
import io.logcaster.query.exec.text.Needle;
import io.logcaster.query.exec.text.Quoted;
import io.logcaster.record.ByteBuilder;
import io.logcaster.record.Column;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes a value apart by a pattern: {@code extract}. Each place takes the text up to the next text
 * of the pattern; a place that begins with a quote takes the whole quoted text, which the next text
 * must follow immediately. If a text is not found, the remaining places are empty.
 */
public final class Extraction {

  private final List<Step> steps;

  private final Needle[] texts;

  private final Collection<String> names = new LinkedHashSet<>();

  private Extraction(String pattern) {
    steps = ExtractPattern.parse(pattern).steps();
    texts =
        steps.stream()
            .map((step) -> new Needle(step.text().getBytes(StandardCharsets.UTF_8), false))
            .toArray(Needle[]::new);
    for (Step step : steps) {
      if (step.field() != null && !step.field().isEmpty()) {
        names.add(step.field());
      }
    }
  }

  public static Transform of(
      @Nullable RowMatcher condition, String pattern, String field, Overwrite overwrite) {
    Extraction extraction = new Extraction(pattern);
    return Rewrite.rows(
        condition,
        overwrite,
        () -> {
          ByteBuilder unquoted = new ByteBuilder(64);
          return (frame, row, target) ->
              extraction.extract(frame.column(field), row, unquoted, target);
        });
  }

  private void extract(Column column, int row, ByteBuilder unquoted, Overlay target) {
    byte[] bytes = column.bytes();
    int to = column.end(row);
    for (String name : names) {
      target.clear(row, name);
    }
    int at = texts[0].find(bytes, column.start(row), to);
    if (at < 0) {
      return;
    }
    at += texts[0].length();
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      String field = step.field();
      if (field == null) {
        return;
      }
      Needle next = (i + 1 < texts.length) ? texts[i + 1] : null;
      unquoted.truncate(0);
      int quotedEnd = step.option().equals("plain") ? -1 : Quoted.read(bytes, at, to, unquoted);
      if (quotedEnd >= 0) {
        if (!field.isEmpty()) {
          target.put(row, field, unquoted);
        }
        if (next == null
            || next.find(bytes, quotedEnd, Math.min(to, quotedEnd + next.length())) != quotedEnd) {
          return;
        }
        at = quotedEnd + next.length();
        continue;
      }
      int end = (next == null) ? to : next.find(bytes, at, to);
      if (end < 0) {
        return;
      }
      if (!field.isEmpty()) {
        target.put(row, field, bytes, at, end);
      }
      if (next == null) {
        return;
      }
      at = end + next.length();
    }
  }
}
