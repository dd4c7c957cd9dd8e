package io.logcaster.cluster.store;

import io.logcaster.cluster.log.BatchMessage;
import io.logcaster.ingest.InputContext;
import io.logcaster.record.DeliveryMark;
import io.logcaster.record.RecordBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages that this version cannot read, each in a file {@code kafka-<topic's
 * identity>-<partition>-<offset>.batch} of the quarantine, so that one such message does not hold
 * up all that follow it. A later version, which can read them, stores them when it starts. One
 * thread takes them back; any may set aside.
 */
final class SetAside {

  private static final Logger LOG = LoggerFactory.getLogger(SetAside.class);

  private static final String PREFIX = "kafka-";

  private static final String SUFFIX = ".batch";

  /**
   * If more is set aside, the node waits instead: whoever updates the receiving nodes first would
   * fill the disks of all others.
   */
  private static final long MOST_BYTES = 1L << 30;

  private final Path directory;
  private final String topicId;
  private final long most;
  private long bytes;

  /**
   * @param directory the quarantine; created with the first file
   * @param topicId the topic's identity
   */
  SetAside(Path directory, String topicId) throws IOException {
    this(directory, topicId, MOST_BYTES);
  }

  SetAside(Path directory, String topicId, long most) throws IOException {
    this.directory = directory;
    this.topicId = topicId;
    this.most = most;
    for (Path file : files()) {
      bytes += Files.size(file);
    }
  }

  private List<Path> files() throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(directory)) {
      return all.filter(
              (file) -> {
                String name = file.getFileName().toString();
                return name.startsWith(PREFIX) && name.endsWith(SUFFIX);
              })
          .sorted()
          .toList();
    }
  }

  /**
   * Keeps a message durably.
   *
   * @return its file
   * @throws IOException if that fails, or too much is set aside already
   */
  synchronized Path keep(ConsumerRecord<byte[], byte[]> message, byte[] value) throws IOException {
    Path file =
        directory.resolve(
            PREFIX + topicId + "-" + message.partition() + "-" + message.offset() + SUFFIX);
    if (Files.exists(file)) {
      return file;
    }
    if (bytes + value.length > most) {
      throw new IOException(
          "%s has %d MB of messages that this version cannot read; update this node"
              .formatted(directory, bytes >> 20));
    }
    Files.createDirectories(directory);
    Path draft = directory.resolve(file.getFileName() + ".new");
    try (FileChannel channel =
        FileChannel.open(
            draft,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer left = ByteBuffer.wrap(value);
      while (left.hasRemaining()) {
        channel.write(left);
      }
      channel.force(true);
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel folder = FileChannel.open(directory, StandardOpenOption.READ)) {
      folder.force(true);
    }
    bytes += value.length;
    return file;
  }

  /** Stores what an earlier version has set aside and this one can read. */
  synchronized void takeBack(InputContext context) throws IOException, InterruptedException {
    for (Path file : files()) {
      RecordBatch batch;
      byte[] value = Files.readAllBytes(file);
      try {
        batch = BatchMessage.decode(value);
      } catch (IOException ex) {
        continue; // it stays
      }
      String client = DeliveryMark.UPLOAD + file.getFileName();
      if (context.intake().lastDelivery(client) < 0) {
        try {
          context
              .intake()
              .submitPrepared(
                  batch.withMark(new DeliveryMark(client, 0, -1)).arrivedAt(System.nanoTime()),
                  context.metrics())
              .get();
        } catch (ExecutionException ex) {
          throw new IOException("The message of " + file + " could not be stored", ex);
        }
      }
      Files.delete(file);
      bytes -= value.length;
      LOG.info("Stored {} records that were set aside in {}", batch.size(), file);
    }
  }
}
