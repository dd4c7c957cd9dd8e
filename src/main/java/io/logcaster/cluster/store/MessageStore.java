package io.logcaster.cluster.store;

import io.logcaster.cluster.consumer.GroupPartition;
import io.logcaster.cluster.log.BatchMessage;
import io.logcaster.ingest.InputContext;
import io.logcaster.record.DeliveryMark;
import io.logcaster.record.RecordBatch;
import java.io.IOException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands messages in to be stored, each with its offset as a delivery mark. */
final class MessageStore {

  private static final Logger LOG = LoggerFactory.getLogger(MessageStore.class);

  private static final byte[] NOTHING = {};

  private final InputContext context;

  MessageStore(InputContext context) {
    this.context = context;
  }

  /**
   * Hands in a message that the storage lacks; one that is no batch is counted and skipped. Waits
   * while the pipeline is full.
   *
   * @throws BatchMessage.VersionException if a later version wrote it
   */
  void store(GroupPartition partition, ConsumerRecord<byte[], byte[]> message)
      throws BatchMessage.VersionException, InterruptedException {
    if (message.offset() <= partition.last()) {
      return;
    }
    byte[] value = (message.value() == null) ? NOTHING : message.value();
    context.metrics().addBytes(value.length);
    RecordBatch batch;
    try {
      batch = BatchMessage.decode(value);
    } catch (BatchMessage.VersionException ex) {
      throw ex;
    } catch (IOException ex) {
      context.metrics().reject("malformed_batch", 1);
      LOG.error(
          "Message {} of partition {} of the topic '{}' is skipped: {}",
          message.offset(),
          message.partition(),
          message.topic(),
          ex.getMessage());
      return;
    }
    RecordBatch marked =
        batch
            .withMark(new DeliveryMark(partition.client(), message.offset(), partition.last()))
            .arrivedAt(System.nanoTime());
    partition.handedIn(
        message.offset(),
        message.offset(),
        context.intake().submitPrepared(marked, context.metrics()));
  }
}
