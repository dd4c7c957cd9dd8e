package io.logcaster.query.exec.pipe;

import io.logcaster.storage.BlockSummary;

/** An operator that may take what it needs of a block from the block's summary. */
public interface SummaryReader {

  /**
   * Takes all rows of a block whose rows all pass the filter. Called like {@link Operator#push}.
   *
   * @return how many rows the block has; -1 if its summary does not say enough, so that the rows
   *     have to be pushed
   */
  long pushSummary(BlockSummary block, int worker);
}
