package io.logcaster.transform;

/**
 * What the sender of a batch waits for. A record that becomes part of another batch's record holds
 * back the receipt of its own batch until that one is durable.
 */
public interface Receipt {

  /**
   * Holds the receipt back until a record that waits is durable. Each call is answered by one entry
   * of {@link Portion#holds}.
   */
  void hold();
}
