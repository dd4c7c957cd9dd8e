package io.logcaster.query.ast;

/**
 * What the planner has to know of a pipe.
 *
 * @param effect what the pipe does to rows
 * @param needs the fields that it reads
 * @param closing whether the pipes after it see nothing but what it read or made, so that a scan
 *     may leave out all other fields
 */
public record PipeTraits(Effect effect, FieldNeeds needs, boolean closing) {

  /** What a pipe does to the rows before it. */
  public enum Effect {
    /** Leaves out rows or fields by what they are; the rest stays as it is. */
    SELECTS,
    /** Makes any number of rows out of each row, without looking at others. */
    MAPS,
    /** Leaves out rows by their number. */
    CUTS,
    /** Looks at several rows. */
    COMBINES
  }

  /** A pipe that {@link Effect#SELECTS}. */
  static PipeTraits selects(FieldNeeds needs) {
    return new PipeTraits(Effect.SELECTS, needs, false);
  }

  /** A pipe that {@link Effect#MAPS} and may read every field. */
  static PipeTraits maps() {
    return maps(FieldNeeds.EVERYTHING);
  }

  /** A pipe that {@link Effect#MAPS}. */
  static PipeTraits maps(FieldNeeds needs) {
    return new PipeTraits(Effect.MAPS, needs, false);
  }

  /** A pipe that {@link Effect#CUTS}. */
  static PipeTraits cuts() {
    return new PipeTraits(Effect.CUTS, FieldNeeds.NOTHING, false);
  }

  /** A pipe that {@link Effect#COMBINES} and may read every field. */
  static PipeTraits combines() {
    return combines(FieldNeeds.EVERYTHING);
  }

  /** A pipe that {@link Effect#COMBINES}. */
  static PipeTraits combines(FieldNeeds needs) {
    return new PipeTraits(Effect.COMBINES, needs, false);
  }

  /** The same pipe, whose rows consist of what it read or made. */
  PipeTraits closed() {
    return new PipeTraits(effect, needs, true);
  }

  /** Whether the pipe makes rows out of one row at a time, so that it can run on a live tail. */
  public boolean isRowWise() {
    return switch (effect) {
      case SELECTS, MAPS -> true;
      case CUTS, COMBINES -> false;
    };
  }
}
