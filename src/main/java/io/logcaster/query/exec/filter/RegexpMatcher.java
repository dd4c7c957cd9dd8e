package io.logcaster.query.exec.filter;

import com.google.re2j.Pattern;
import io.logcaster.query.exec.budget.WatchedText;
import io.logcaster.query.exec.text.ByteAutomaton;
import io.logcaster.query.exec.text.Needle;
import io.logcaster.query.exec.text.PhraseShapes;
import io.logcaster.query.exec.text.PhraseShapes.Edge;
import io.logcaster.query.exec.text.RegexpLiterals;
import io.logcaster.record.TextShape;
import io.logcaster.record.Verdict;
import io.logcaster.record.WorkLimit;
import io.logcaster.storage.BlockSummary.ColumnSummary;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Values in which a regular expression matches, in time linear in their length (RE2/J). A search
 * for a text that every match contains rejects most values; if the expression consists of such
 * texts alone, that search decides.
 */
public final class RegexpMatcher extends ValueMatcher {

  private final Pattern pattern;

  /** Serves most expressions, many times as fast as the general matcher. */
  private final @Nullable ByteAutomaton automaton;

  private final List<Needle> literals;

  private final boolean literalsDecide;

  private final List<long[]> words;

  public RegexpMatcher(String expression) {
    pattern = Pattern.compile(expression);
    automaton = ByteAutomaton.of(expression);
    RegexpLiterals found = RegexpLiterals.of(expression);
    literals =
        found.texts().stream()
            .map((text) -> new Needle(text.getBytes(StandardCharsets.UTF_8), false))
            .toList();
    literalsDecide = found.complete();
    words = literals.stream().map((literal) -> words(literal.text(), false, false)).toList();
  }

  @Override
  public boolean test(byte[] bytes, int from, int to) {
    if (!literals.isEmpty()) {
      boolean found = false;
      for (Needle literal : literals) {
        if (literal.find(bytes, from, to) >= 0) {
          found = true;
          break;
        }
      }
      if (!found || literalsDecide) {
        return found;
      }
    }
    ByteAutomaton quick = automaton;
    if (quick != null && !quick.isExhausted()) {
      return quick.find(bytes, from, to);
    }
    // Not the bytes: in them RE2/J takes a place after characters such as é for the beginning.
    String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    if (WatchedText.isLong(to - from)) {
      return pattern.matcher(WatchedText.of(text)).find();
    }
    WorkLimit.checkNow();
    return pattern.matcher(text).find();
  }

  @Override
  public Verdict judge(TextShape shape) {
    Verdict candidates = literals.isEmpty() ? Verdict.UNKNOWN : judgeLiterals(shape);
    if (candidates == Verdict.NO || literalsDecide) {
      return candidates;
    }
    ByteAutomaton quick = automaton;
    Verdict verdict =
        (quick != null && !quick.isExhausted()) ? quick.judge(shape) : Verdict.UNKNOWN;
    if (verdict.isExact()) {
      return verdict;
    }
    // A text that passes has a literal; a verdict of the literals alone does not decide.
    Verdict possible = Verdict.UNKNOWN.and(candidates);
    return (verdict.walk() == null) ? possible : possible.testedBy(verdict.walk());
  }

  private Verdict judgeLiterals(TextShape shape) {
    Verdict found = Verdict.NO;
    for (Needle literal : literals) {
      found =
          found.or(
              PhraseShapes.judge(
                  shape,
                  literal,
                  Edge.ANY,
                  Edge.ANY,
                  (bytes, from, to) -> literal.find(bytes, from, to) >= 0));
    }
    return found;
  }

  @Override
  boolean mayMatch(ColumnSummary values) {
    for (long[] alternative : words) {
      if (mayContainAll(values, alternative)) {
        return true;
      }
    }
    return words.isEmpty();
  }

  @Override
  int cost() {
    return literalsDecide ? RowMatcher.SEARCH * (1 + literals.size()) : RowMatcher.EXPENSIVE;
  }
}
