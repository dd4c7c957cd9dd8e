package io.logcaster.ingest.http;

import io.logcaster.ingest.BatchSubmitter;
import io.logcaster.ingest.InputContext;
import io.logcaster.ingest.RecordWriter;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.Function;

/**
 * What reads the requests of one kind, between requests. It is kept from request to request,
 * because it knows the fields, values and streams that senders repeat; learning them anew took a
 * tenth of the time of a request of a megabyte.
 *
 * @param <P> parses into the records of a sender; not thread-safe
 */
final class Readers<P> {

  /**
   * A reader that one request uses.
   *
   * @param sender holds no records
   * @param parser fills the sender's writer
   */
  record Reader<P>(BatchSubmitter sender, P parser) {}

  private final InputContext context;
  private final Function<RecordWriter, P> parsers;

  /** As many as can be busy at once, the others are let go. */
  private final ArrayBlockingQueue<Reader<P>> idle =
      new ArrayBlockingQueue<>(2 * Runtime.getRuntime().availableProcessors());

  /**
   * Makes an empty pool.
   *
   * @param parsers makes a parser for a writer that has no records yet
   */
  Readers(InputContext context, Function<RecordWriter, P> parsers) {
    this.context = context;
    this.parsers = parsers;
  }

  InputContext context() {
    return context;
  }

  /** A reader that nobody else uses until it is given back. */
  Reader<P> take() {
    Reader<P> known = idle.poll();
    if (known != null) {
      return known;
    }
    BatchSubmitter sender = new BatchSubmitter(context, "");
    return new Reader<>(sender, parsers.apply(sender.writer()));
  }

  /** Takes back a reader; one with records of a request that failed is of no use any more. */
  void give(Reader<P> reader) {
    if (reader.sender().isEmpty()) {
      idle.offer(reader);
    }
  }
}
