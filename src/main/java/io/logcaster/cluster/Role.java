package io.logcaster.cluster;

/** What a node does. */
public enum Role {

  /** Everything, on one machine. */
  ALL,

  /** Receives records; without {@link #STORE} it writes them to Kafka. */
  INGEST,

  /** Keeps records; without {@link #INGEST} it reads them from Kafka. */
  STORE,

  /** Answers queries and serves the console. */
  QUERY,

  /** Evaluates alert rules and sends notices. */
  ALERT
}
