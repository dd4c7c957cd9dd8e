package io.logcaster.alert.condition;

import io.logcaster.template.TemplateBirth;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The births of message templates, as rules of kind {@code new-template} need them. */
public interface NewTemplates {

  /** The births that the server found in a range of its own time, oldest first. */
  List<TemplateBirth> between(Instant start, Instant end);

  /**
   * The time of a mark.
   *
   * @param mark a mark's id, or {@code last} for the latest one
   * @param until marks after this time are left out
   * @return empty if there is no such mark
   */
  Optional<Instant> mark(String mark, Instant until);

  /** The id of the template that stands for another one now; mostly that one itself. */
  default String current(String id) {
    return id;
  }

  /**
   * Calls a listener after each birth, when {@link #between} returns it. The listener returns at
   * once and never throws.
   */
  void onBirth(Runnable listener);

  /** Compiles a filter of first records. */
  BirthFilter filter(String query);

  /** Selects births by their first record. */
  @FunctionalInterface
  interface BirthFilter {

    boolean matches(TemplateBirth birth);
  }
}
