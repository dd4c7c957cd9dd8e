package io.logcaster.transform;

import java.util.Locale;

/** Why a transform keeps a record from being stored by itself. */
public enum Removal {
  /** The action {@code drop}. */
  DROP,
  /** The action {@code sample}: others of its kind are kept. */
  SAMPLE,
  /** The action {@code join}: it became part of another record. */
  JOIN,
  /** The action {@code deduplicate}: it was like an earlier one. */
  DEDUPLICATE,
  /** The action {@code limit}: its stream had too many. */
  LIMIT,
  /** The action {@code route}: it went to a sink only. */
  ROUTE,
  /** The action {@code plugin}: a plug-in dropped it. */
  PLUGIN;

  /** The reason in the ledger. */
  public String reason() {
    return "transform_" + name().toLowerCase(Locale.ROOT);
  }
}
