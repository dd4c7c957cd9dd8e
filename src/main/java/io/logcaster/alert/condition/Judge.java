package io.logcaster.alert.condition;

import io.logcaster.alert.query.Unreached;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Judges the groups of a rule; made once for each version of a rule. Used by one thread at a time.
 */
public interface Judge {

  /**
   * Judges the window that ends at a time. A group without a verdict has no value.
   *
   * @throws IOException if stored records could not be read, or a query timed out
   */
  Verdicts judge(Instant end) throws IOException;

  /**
   * The verdicts on a window.
   *
   * @param all one for each group
   * @param trouble what could not be judged; null if everything could
   * @param isWhole whether a group without a verdict is gone; else nothing is known of it
   */
  record Verdicts(List<GroupVerdict> all, @Nullable String trouble, boolean isWhole) {

    /** The verdicts on all groups. */
    Verdicts(List<GroupVerdict> all, @Nullable String trouble) {
      this(all, trouble, true);
    }

    public Verdicts(List<GroupVerdict> all) {
      this(all, null);
    }

    /** The verdicts that stay right with the records that are missing. */
    static Verdicts certain(List<GroupVerdict> all, Unreached away) {
      return new Verdicts(all, away.trouble(), false);
    }
  }

  /**
   * Whether the condition may hold for a group. If not, the store need not be asked, and no group
   * has a verdict.
   *
   * @param arrivals what is known of the window
   * @param end the end of the window
   */
  default boolean mayHold(Arrivals arrivals, Instant end) {
    return true;
  }

  /** Whether records that arrive late, for windows that are past, may change a verdict. */
  default boolean countsLate() {
    return true;
  }

  /**
   * Adds to the verdicts on the present window what a past one says, for which records arrived
   * late. By default, the more serious verdict counts for each group.
   *
   * @param end of the past window
   * @param now the end of the present one
   * @throws IOException as {@link #judge}
   */
  default Verdicts late(Verdicts present, Instant end, Instant now) throws IOException {
    return merge(present, judge(end));
  }

  /**
   * What tells a group from the others, by default its labels. Verdicts on a group may have other
   * labels later; its alert keeps those with which it began, so that nobody is told of it twice.
   */
  default Object identity(Map<String, String> labels) {
    return labels;
  }

  private static Verdicts merge(Verdicts present, Verdicts late) {
    Map<Map<String, String>, GroupVerdict> merged = new HashMap<>();
    List<Map<String, String>> order = new ArrayList<>();
    for (GroupVerdict verdict : concat(present.all(), late.all())) {
      GroupVerdict known = merged.get(verdict.labels());
      if (known == null) {
        order.add(verdict.labels());
      }
      if (known == null || verdict.rank() > known.rank()) {
        merged.put(verdict.labels(), verdict);
      }
    }
    List<GroupVerdict> all =
        order.stream().map(merged::get).map(java.util.Objects::requireNonNull).toList();
    String trouble = present.trouble() == null ? late.trouble() : present.trouble();
    return present.isWhole() && late.isWhole()
        ? new Verdicts(all, trouble)
        : new Verdicts(all.stream().filter(GroupVerdict::holds).toList(), trouble, false);
  }

  private static List<GroupVerdict> concat(List<GroupVerdict> first, List<GroupVerdict> second) {
    List<GroupVerdict> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }
}
