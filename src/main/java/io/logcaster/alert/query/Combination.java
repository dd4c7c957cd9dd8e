package io.logcaster.alert.query;

/** How values of neighbouring ranges of time are combined to the value of the whole range. */
public enum Combination {

  /** They are added, as counts are. */
  SUM,

  /** The largest counts. */
  MAX,

  /** The smallest counts. */
  MIN,

  /** They are means, weighted by how many numbers each is of. */
  MEAN,

  /** They are numbers per second, and so is the result. */
  RATE,

  /** The last of them, as of kept values. */
  LAST,

  /** They cannot be combined: the records are needed. */
  NONE
}
