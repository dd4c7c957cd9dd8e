package io.logcaster.storage.segment.column;

import io.logcaster.record.Bitmap;
import io.logcaster.record.BytesPredicate;
import io.logcaster.record.Verdict;
import io.logcaster.record.Verdict.GapCondition;
import io.logcaster.record.Verdict.Walk;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One evaluation of a predicate on a {@link TemplateColumn}: on each template once, then on single
 * variables, and on texts only where neither decides. A text is walked through if the predicate can
 * do so, which reads the variables that matter and no constant part; otherwise it is assembled. Not
 * thread-safe.
 */
final class TemplateSearch {

  private static final byte[] NOTHING = {};

  private final TemplateColumn column;

  private final Templates templates;

  private final BytesPredicate predicate;

  private final TemplateColumn.Writer writer;

  /** Whether all texts of a template pass; the last entry is for rows without a value. */
  private final boolean[] passes;

  /** Whether texts of a template have to be tested. */
  private final boolean[] tested;

  /** The rows of a template that can pass, by ordinal; null for all or none of them. */
  private final @Nullable Bitmap[] possible;

  private final @Nullable Walk[] walks;

  /** The variables that walks have read. */
  private final @Nullable VariableValues[] @Nullable [] read;

  private byte[] scratch = new byte[64];

  TemplateSearch(TemplateColumn column, Templates templates, BytesPredicate predicate) {
    this.column = column;
    this.templates = templates;
    this.predicate = predicate;
    writer = column.writer();
    int count = templates.count();
    passes = new boolean[count + 1];
    tested = new boolean[count];
    possible = new Bitmap[count];
    walks = new Walk[count];
    read = new VariableValues[count][];
  }

  /** Narrows a selection and returns the number of texts that were assembled. */
  int retain(Bitmap rows) {
    if (judge(rows)) {
      rows.retain(templates.ofRow(), passes);
    } else {
      retainEach(rows);
    }
    return writer.written();
  }

  /** Judges the templates. Returns whether that decides for each of their rows. */
  private boolean judge(Bitmap rows) {
    int count = templates.count();
    boolean decided = true;
    boolean all = rows.isFull();
    boolean[] used = all ? new boolean[0] : column.used(rows);
    for (int template = 0; template < count; template++) {
      if (!all && !used[template]) {
        continue;
      }
      Verdict verdict = templates.get(template).judge(predicate);
      passes[template] = verdict == Verdict.YES;
      tested[template] = !verdict.isExact();
      walks[template] = verdict.walk();
      if (!verdict.ways().isEmpty()) {
        Bitmap matching = matching(template, verdict.ways());
        possible[template] = matching.isEmpty() ? null : matching;
        tested[template] &= !matching.isEmpty();
      }
      decided &= !tested[template] && possible[template] == null;
    }
    passes[count] = templates.hasEmpty() && predicate.test(NOTHING, 0, 0);
    return decided;
  }

  /** Selects the rows of a template, by ordinal, whose variables meet one of the ways. */
  private Bitmap matching(int template, List<List<GapCondition>> ways) {
    TemplateText described = templates.get(template);
    Bitmap any = Bitmap.none(described.rows);
    for (List<GapCondition> way : ways) {
      Bitmap all = Bitmap.all(described.rows);
      for (GapCondition condition : way) {
        int gap = condition.gap();
        column
            .values(template, described.variableOf(gap))
            .retain(all, condition, described.isWhole(gap));
      }
      any.or(all);
    }
    return any;
  }

  private void retainEach(Bitmap rows) {
    char[] ofRow = templates.ofRow();
    int[] next = new int[passes.length];
    for (int row = 0; row < ofRow.length; row++) {
      int template = ofRow[row];
      int index = next[template]++;
      if (!passes[template] && rows.get(row) && !passes(template, index)) {
        rows.clear(row);
      }
    }
  }

  /** Whether a row passes; {@code index} is its ordinal among rows of the same template. */
  private boolean passes(int template, int index) {
    if (template == tested.length) {
      return false;
    }
    Bitmap matching = possible[template];
    if (matching != null && !matching.get(index)) {
      return false;
    }
    return tested[template] ? test(template, index) : matching != null;
  }

  private boolean test(int template, int index) {
    Walk walk = walks[template];
    long place = (walk == null) ? Walk.GIVEN_UP : walk(walk, template, index);
    return (place == Walk.GIVEN_UP)
        ? writer.test(template, index, predicate)
        : place == Walk.PASSED;
  }

  private long walk(Walk walk, int template, int index) {
    TemplateText described = templates.get(template);
    @Nullable VariableValues[] known = read[template];
    if (known == null) {
      known = new VariableValues[described.variables()];
      read[template] = known;
    }
    long place = walk.start();
    while (place >= 0) {
      int gap = walk.gap(place);
      int variable = described.variableOf(gap);
      VariableValues content = known[variable];
      if (content == null) {
        content = column.values(template, variable);
        known[variable] = content;
        scratch = Arrays.copyOf(scratch, Math.max(scratch.length, content.maxLength()));
      }
      place = content.walk(walk, place, index, described.isWhole(gap), scratch);
    }
    return place;
  }
}
