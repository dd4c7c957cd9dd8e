package io.logcaster.cluster.store;

import io.logcaster.cluster.consumer.GroupPartition;
import io.logcaster.cluster.log.BatchMessage;
import io.logcaster.ingest.InputContext;
import io.logcaster.record.DeliveryMark;
import io.logcaster.record.RecordBatch;
import io.logcaster.storage.wal.BatchDecoder;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands messages in to be stored, each with its offset as a delivery mark. */
final class MessageStore implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(MessageStore.class);

  private static final byte[] NOTHING = {};

  private final InputContext context;
  private final SetAside aside;
  private final BatchDecoder decoder = new BatchDecoder();

  /**
   * @param aside keeps messages that cannot be read
   */
  MessageStore(InputContext context, SetAside aside) {
    this.context = context;
    this.aside = aside;
  }

  /**
   * Hands in a message that the storage lacks; one that cannot be read is counted and set aside.
   * Waits while the pipeline is full.
   *
   * @throws IOException if a message could not be set aside
   */
  void store(GroupPartition partition, ConsumerRecord<byte[], byte[]> message)
      throws IOException, InterruptedException {
    if (message.offset() <= partition.last()) {
      return;
    }
    byte[] value = (message.value() == null) ? NOTHING : message.value();
    context.metrics().addBytes(value.length);
    RecordBatch batch;
    try {
      batch = BatchMessage.decode(value, decoder);
    } catch (IOException ex) {
      setAside(message, value, ex);
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

  private void setAside(ConsumerRecord<byte[], byte[]> message, byte[] value, IOException why)
      throws IOException {
    Path file = aside.keep(message, value);
    boolean isLater = why instanceof BatchMessage.VersionException;
    context.metrics().reject(isLater ? "later_version" : "malformed_batch", 1);
    LOG.error(
        "Message {} of partition {} of the topic '{}' is set aside in {}: {}",
        message.offset(),
        message.partition(),
        message.topic(),
        file,
        why.getMessage());
  }

  @Override
  public void close() {
    decoder.close();
  }
}
