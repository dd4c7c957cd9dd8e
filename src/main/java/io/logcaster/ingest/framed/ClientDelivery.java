package io.logcaster.ingest.framed;

import io.logcaster.delivery.SenderId;
import io.logcaster.delivery.Spans;
import io.logcaster.delivery.Spans.Span;
import io.logcaster.ingest.BatchSubmitter;
import io.logcaster.ingest.InputContext;
import io.logcaster.pipeline.Intake;
import io.logcaster.record.DeliveryMark;
import io.logcaster.record.RecordBatch;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What one connection delivers for a client that has named itself: batches of whole frames, each
 * marked with its last frame, so that the storage takes every frame once. Used by the connection's
 * thread alone.
 */
final class ClientDelivery {

  private final InputContext context;
  private final BatchSubmitter submitter;
  private final Acknowledger acknowledger;
  private final FramedClients clients;
  private final String client;
  private final FramedClients.Lease lease;
  private final SenderId sender;

  /** The frames in the open batch. */
  private final Spans frames = new Spans();

  /** The last frame that was handed in, here or on an earlier connection; -1 for none. */
  private long submitted = -1;

  ClientDelivery(
      InputContext context,
      BatchSubmitter submitter,
      Acknowledger acknowledger,
      FramedClients clients,
      String client,
      FramedClients.Lease lease) {
    this.context = context;
    this.submitter = submitter;
    this.acknowledger = acknowledger;
    this.clients = clients;
    this.client = client;
    this.lease = lease;
    this.sender = new SenderId(SenderId.Protocol.FRAMED, client);
  }

  /** Looks up how far earlier connections of the client got. Call once, before all others. */
  void resume() {
    submitted = context.intake().lastDelivery(client);
    context.deliveries().connected(sender, submitted);
  }

  /** The last frame that was handed in, here or on an earlier connection; -1 for none. */
  long submitted() {
    return submitted;
  }

  /** Whether a newer connection of the client has taken over. */
  boolean isReplaced() {
    return lease.isReplaced();
  }

  /**
   * Decides what a first frame with the sequence 1 means: its sender repeats what it sent before,
   * or it has lost its memory and counts anew under its name. The frame's checksum tells. In doubt
   * the sender counts anew, because records wrongly taken for a repetition would be lost.
   *
   * @return the last sequence that counts as received: {@code last} in a repetition, else 0
   */
  long countFromOne(long checksum, long last) throws InterruptedException {
    String beginning = FramedClients.beginning(client);
    long known = context.intake().lastDelivery(beginning);
    if (known == checksum) {
      return last;
    }
    // In this order: a crash between the two may store frames twice, but loses none.
    long received = last;
    if (submitted > 0) {
      submit(new DeliveryMark(client, 0, submitted), List.of());
      context.deliveries().restarted(sender);
      submitted = 0;
      received = 0;
    }
    submit(new DeliveryMark(beginning, checksum, known), List.of());
    return received;
  }

  /** Notes that the records of a frame are in the open batch. */
  void add(long sequence) {
    frames.add(sequence);
  }

  /** Gives up the open batch; its sender sends the frames again. */
  void discard() {
    submitter.discard();
    var _ = frames.take();
  }

  /** Hands in the open batch, whose last frame has a sequence. */
  void submit(long sequence) throws InterruptedException {
    List<Span> spans = frames.take();
    context.deliveries().skipped(sender, submitted, spans);
    submit(new DeliveryMark(client, sequence, submitted), spans);
    submitted = sequence;
  }

  private void submit(DeliveryMark mark, List<Span> spans) throws InterruptedException {
    RecordBatch batch = submitter.build().withMark(mark);
    clients.submitted(lease);
    CompletableFuture<Intake.Outcome> stored = null;
    try {
      stored = context.intake().submit(batch, context.metrics());
    } finally {
      if (stored == null) {
        clients.settled(lease);
      }
    }
    int records = batch.size();
    var _ =
        stored.whenComplete(
            (outcome, ex) -> {
              clients.settled(lease);
              if (ex == null && !spans.isEmpty()) {
                context.deliveries().arrived(sender, spans, records);
              }
            });
    acknowledger.waitFor(stored);
  }

  /** Says that the connection hands in no more. */
  void close() {
    clients.close(lease);
  }
}
