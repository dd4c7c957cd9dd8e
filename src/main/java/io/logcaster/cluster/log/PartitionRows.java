package io.logcaster.cluster.log;

import io.logcaster.record.RecordBatch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Utils;

/**
 * The rows of a batch that belong to one partition: those of the streams whose identity has its
 * hash.
 *
 * @param partition its number
 * @param rows their numbers, ascending
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
record PartitionRows(int partition, int[] rows) {

  /** Divides the rows of a batch among so many partitions; leaves out those without rows. */
  static List<PartitionRows> of(RecordBatch batch, int partitions) {
    int[] partitionOf = new int[batch.streamCount()]; // + 1; 0 until it is known
    int[] counts = new int[partitions];
    int[] streams = batch.streamOrdinals();
    for (int row = 0; row < batch.size(); row++) {
      int stream = streams[row];
      if (partitionOf[stream] == 0) {
        partitionOf[stream] = partition(batch.stream(stream).id(), partitions) + 1;
      }
      counts[partitionOf[stream] - 1]++;
    }
    int[][] rows = new int[partitions][];
    List<PartitionRows> divided = new ArrayList<>();
    for (int partition = 0; partition < partitions; partition++) {
      if (counts[partition] > 0) {
        rows[partition] = new int[counts[partition]];
        counts[partition] = 0;
        divided.add(new PartitionRows(partition, rows[partition]));
      }
    }
    for (int row = 0; row < batch.size(); row++) {
      int partition = partitionOf[streams[row]] - 1;
      rows[partition][counts[partition]++] = row;
    }
    return divided;
  }

  /** The partition of a stream, as Kafka's own producer would choose it for this key. */
  static int partition(String stream, int partitions) {
    return Utils.toPositive(Utils.murmur2(stream.getBytes(StandardCharsets.UTF_8))) % partitions;
  }
}
