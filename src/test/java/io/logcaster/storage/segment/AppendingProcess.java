package io.logcaster.storage.segment;

import io.logcaster.record.DeliveryMark;
import io.logcaster.record.Field;
import io.logcaster.record.LogRecord;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.Timestamps;
import io.logcaster.storage.Batches;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Appends to a storage on several threads until it is killed, and prints the number of each batch
 * once it is acknowledged. A batch has {@link #rows} records with messages {@code number/row}, and
 * is marked with its number as the next one of its thread's client.
 */
final class AppendingProcess {

  static final SegmentOptions OPTIONS =
      SegmentOptions.defaults().withFlush(200_000, Duration.ofDays(1)).withMergeFan(3);

  static final int THREADS = 3;

  private static final long TODAY = 1_795_262_400L * Timestamps.SECOND;

  private AppendingProcess() {}

  public static void main(String[] arguments) throws IOException {
    SegmentLogStorage storage = SegmentLogStorage.open(Path.of(arguments[0]), OPTIONS);
    AtomicInteger next = new AtomicInteger(Integer.parseInt(arguments[1]));
    for (int thread = 0; thread < THREADS; thread++) {
      String client = "thread-" + thread;
      Thread.ofPlatform().start(() -> append(storage, client, next));
    }
  }

  private static void append(SegmentLogStorage storage, String client, AtomicInteger next) {
    long last = storage.lastDelivery(client);
    while (true) {
      int number = next.getAndIncrement();
      storage.append(batch(number).withMark(new DeliveryMark(client, number, last))).join();
      last = number;
      synchronized (AppendingProcess.class) {
        System.out.println(number);
        System.out.flush();
      }
    }
  }

  static int rows(int number) {
    return 1 + number % 150;
  }

  private static RecordBatch batch(int number) {
    List<LogRecord> records = new ArrayList<>();
    for (int row = 0; row < rows(number); row++) {
      records.add(
          new LogRecord(
              TODAY + number * Timestamps.SECOND + row,
              9,
              number + "/" + row,
              List.of(
                  new Field("app", "app-" + number % 3),
                  new Field("trace", Integer.toHexString(number * 31 + row)))));
    }
    return Batches.of(records.toArray(LogRecord[]::new));
  }
}
