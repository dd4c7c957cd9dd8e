package io.logcaster.query;

import io.logcaster.query.exec.StepCounts;
import java.util.Map;

/** A group of records, counted in consecutive steps of time. */
public final class CountedGroup {

  private final StepCounts.Group group;

  CountedGroup(StepCounts.Group group) {
    this.group = group;
  }

  /** Receives the steps that have records. */
  @FunctionalInterface
  public interface Visitor {

    void count(int step, long records);
  }

  /** The fields to group by and their values, without those that have none. */
  public Map<String, String> labels() {
    return group.labels();
  }

  public void visit(Visitor visitor) {
    group.visit(visitor::count);
  }
}
