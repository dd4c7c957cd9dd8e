package io.logcaster.query.exec.pipe;

import io.logcaster.query.exec.frame.StateInput;
import io.logcaster.query.exec.frame.StateOutput;
import java.util.function.Consumer;

/** An operator whose state can be merged with that of the same operator on other servers. */
public interface Mergeable {

  /** Makes {@link Operator#finish} hand the state over instead of the rows that it would become. */
  void handOver(Consumer<StateOutput> target);

  /**
   * Adds the state that the same operator handed over elsewhere. Called before {@link
   * Operator#finish}, by one thread at a time, while no rows are pushed.
   *
   * @throws io.logcaster.query.exec.frame.BadStateException if it is not such a state
   */
  void merge(StateInput state);
}
