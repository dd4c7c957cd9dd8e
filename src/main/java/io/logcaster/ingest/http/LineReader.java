package io.logcaster.ingest.http;

import io.logcaster.ingest.BatchSender;
import io.logcaster.ingest.InputContext;
import io.logcaster.ingest.json.JsonNames;
import io.logcaster.ingest.json.JsonParser;
import java.util.concurrent.ArrayBlockingQueue;

/**
 * Reads lines of JSON by the usual names. It is kept from request to request, because it knows the
 * fields, values and streams that senders repeat; learning them anew took a tenth of the time of a
 * request of a megabyte. Not thread-safe.
 */
final class LineReader {

  final BatchSender sender;

  final JsonParser parser;

  private LineReader(InputContext context, int maxRecordSize) {
    sender = new BatchSender(context, "");
    parser = new JsonParser(sender.writer(), JsonNames.DEFAULT, maxRecordSize);
  }

  /** Readers between requests: as many as can be busy at once, the others are let go. */
  static final class Idle {

    private final InputContext context;

    private final int maxRecordSize;

    private final ArrayBlockingQueue<LineReader> readers =
        new ArrayBlockingQueue<>(2 * Runtime.getRuntime().availableProcessors());

    Idle(InputContext context, int maxRecordSize) {
      this.context = context;
      this.maxRecordSize = maxRecordSize;
    }

    /** A reader that nobody else uses until it is given back. */
    LineReader take() {
      LineReader idle = readers.poll();
      return (idle != null) ? idle : new LineReader(context, maxRecordSize);
    }

    /** Takes back a reader; one with records of a request that failed is of no use any more. */
    void give(LineReader reader) {
      if (reader.sender.isEmpty()) {
        readers.offer(reader);
      }
    }
  }
}
