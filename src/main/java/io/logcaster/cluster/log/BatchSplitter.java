package io.logcaster.cluster.log;

import io.logcaster.record.Bitmap;
import io.logcaster.record.RecordBatch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Utils;

/** Divides a batch into the messages of each partition. Not thread-safe. */
final class BatchSplitter implements AutoCloseable {

  /** What a topic takes unless somebody has raised its {@code max.message.bytes}. */
  private static final int USUAL_MESSAGE = 900 << 10;

  private final BatchMessage encoder = new BatchMessage();

  private final int largest;

  /**
   * A part of a batch.
   *
   * @param partition where it goes
   * @param message its bytes
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
  record Part(int partition, byte[] message) {}

  BatchSplitter() {
    this(USUAL_MESSAGE);
  }

  /**
   * @param largest the size from which a message is divided in two, if it has several records
   */
  BatchSplitter(int largest) {
    this.largest = largest;
  }

  /** The messages of a batch: records of a stream are in one partition, in their order. */
  List<Part> split(RecordBatch batch, int partitions) {
    List<Part> parts = new ArrayList<>();
    int[] partitionOf = new int[batch.streamCount()];
    boolean several = false;
    for (int stream = 0; stream < partitionOf.length; stream++) {
      partitionOf[stream] = partition(batch.stream(stream).id(), partitions);
      several |= partitionOf[stream] != partitionOf[0];
    }
    if (!several) {
      add(batch, partitionOf[0], parts);
      return parts;
    }
    Bitmap[] rows = new Bitmap[partitions];
    for (int row = 0; row < batch.size(); row++) {
      int partition = partitionOf[batch.streamOrdinal(row)];
      if (rows[partition] == null) {
        rows[partition] = Bitmap.none(batch.size());
      }
      rows[partition].set(row);
    }
    for (int partition = 0; partition < partitions; partition++) {
      if (rows[partition] != null) {
        add(batch.select(rows[partition]), partition, parts);
      }
    }
    return parts;
  }

  private void add(RecordBatch batch, int partition, List<Part> parts) {
    byte[] message = encoder.encode(batch);
    if (message.length <= largest || batch.size() == 1) {
      parts.add(new Part(partition, message));
      return;
    }
    Bitmap first = Bitmap.none(batch.size());
    Bitmap second = Bitmap.all(batch.size());
    for (int row = 0; row < batch.size() / 2; row++) {
      first.set(row);
      second.clear(row);
    }
    add(batch.select(first), partition, parts);
    add(batch.select(second), partition, parts);
  }

  /** The partition of a stream, as Kafka's own producer would choose it for this key. */
  static int partition(String stream, int partitions) {
    return Utils.toPositive(Utils.murmur2(stream.getBytes(StandardCharsets.UTF_8))) % partitions;
  }

  @Override
  public void close() {
    encoder.close();
  }
}
