package io.logcaster.plugin;

import java.util.List;

/**
 * Records, in the order of their arrival within each stream. Rows are numbered from 0. Immutable
 * and safe to share between threads; may be kept until the call that passed it on returns, by sinks
 * until the round ends.
 */
public interface PluginBatch {

  /** The number of records, at least 1. */
  int size();

  /** The time of a record in nanoseconds since the epoch, UTC. */
  long time(int row);

  /** The severity of a record as OpenTelemetry numbers it, 1 to 24; 0 if unknown. */
  int severity(int row);

  /**
   * The stream of a record as text: <code>{app="shop",host="web-1"}</code>. Records of a stream
   * must stay in order.
   */
  String stream(int row);

  /** The message of a record; may be empty. */
  String message(int row);

  /**
   * The value of a field.
   *
   * @param field any name; {@code _msg} is the message
   * @return empty if the record does not have it
   */
  String value(int row, String field);

  /** The names of all fields that any record may have, without {@code _msg}. */
  List<String> fields();

  /**
   * A record as an object of JSON in UTF-8, without line feeds: {@code
   * {"_time":"…","_stream_id":"…","_stream":"…","_msg":"…","field":"…"}}.
   */
  byte[] json(int row);
}
