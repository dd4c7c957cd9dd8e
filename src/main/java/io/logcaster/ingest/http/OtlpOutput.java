package io.logcaster.ingest.http;

import io.logcaster.ingest.RecordWriter;
import org.jspecify.annotations.Nullable;

/** Where the records of a request of OTLP go. */
interface OtlpOutput {

  RecordWriter writer();

  /**
   * Ends the current record.
   *
   * @param number counts the records of the request, from 1
   * @return why it is rejected; null where it is not
   */
  @Nullable String end(long number) throws OverloadedException;

  /** Discards the current record and rejects what it was read from. */
  void reject(long number, String reason);
}
