package io.logcaster.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import io.logcaster.pipeline.InputMetrics;
import io.logcaster.record.LogRecord;
import io.logcaster.record.Severity;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SelfLogTest {

  private final RecordingIntake intake = new RecordingIntake();
  private final InputMetrics books = new InputMetrics("self");
  private final LoggerContext context = new LoggerContext();
  private final SelfLog selfLog =
      new SelfLog(
          new OwnRecords(intake, books, List.of("host", "app"), () -> "box", Clock.systemUTC()));

  @BeforeEach
  void attach() {
    context.setMDCAdapter(new LogbackMDCAdapter());
    selfLog.setContext(context);
    selfLog.start();
    context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(selfLog);
  }

  @AfterEach
  void detach() {
    context.stop();
  }

  @Test
  void log_becomesARecordWithItsOriginAndStackTrace() throws Exception {
    context
        .getLogger("io.logcaster.ingest.tcp.TcpInput")
        .warn("{} went away", "10.0.0.1", new IllegalStateException("reset"));
    selfLog.pump();

    LogRecord record = intake.records.getFirst();
    assertThat(intake.records).hasSize(1);
    assertThat(record.message()).isEqualTo("10.0.0.1 went away");
    assertThat(record.severity()).isEqualTo(Severity.WARN);
    assertThat(record.value("level")).isEqualTo("WARN");
    assertThat(record.value("app")).isEqualTo("logcaster");
    assertThat(record.value("host")).isEqualTo("box");
    assertThat(record.value("logger")).isEqualTo("io.logcaster.ingest.tcp.TcpInput");
    assertThat(record.value("thread")).isEqualTo(Thread.currentThread().getName());
    assertThat(record.value("stack_trace"))
        .startsWith("java.lang.IllegalStateException: reset")
        .contains("\n\tat ");
    assertThat(record.time()).isPositive();
  }

  @Test
  void log_ofPackagesThatARecordPasses_isDroppedWhileOwnRecordsAreInFlight() throws Exception {
    Logger storage = context.getLogger("io.logcaster.storage.jdbc.JdbcLogStorage");
    intake.whileStoring = (batch) -> storage.error("cannot store {}", batch.size());
    context.getLogger("any").info("one");
    for (int i = 0; i < 100; i++) {
      selfLog.pump();
    }

    assertThat(intake.records).extracting(LogRecord::message).containsExactly("one");
    assertThat(books.dropped()).containsEntry(SelfLog.FEEDBACK, 1L);
  }

  @Test
  void log_aboutOwnRecordsAfterTheyWereStored_ends() throws Exception {
    Logger tail = context.getLogger("io.logcaster.tail.TailWorker");
    context.getLogger("any").info("one");
    for (int i = 0; i < 1_000; i++) {
      int before = intake.records.size();
      selfLog.pump();
      if (intake.records.size() > before) {
        tail.error("failed on {}", before);
      }
    }
    // A new minute may begin while the test runs.
    assertThat(intake.records).hasSizeLessThanOrEqualTo(2 * SelfLog.ROOM_EVENTS + 1);
    assertThat(books.dropped().get(SelfLog.FEEDBACK)).isPositive();
  }

  @Test
  void log_ofOtherPackagesWhileOwnRecordsAreInFlight_isStored() throws Exception {
    intake.whileStoring =
        (batch) -> {
          if (intake.records.isEmpty()) {
            context.getLogger("io.logcaster.ingest.http").info("two");
          }
        };
    context.getLogger("any").info("one");
    selfLog.pump();
    selfLog.pump();
    assertThat(intake.records).extracting(LogRecord::message).containsExactly("one", "two");
  }

  @Test
  void log_beyondTheQueue_isDroppedAndCounted() throws Exception {
    Logger busy = context.getLogger("busy");
    for (int i = 0; i < SelfLog.QUEUE + 7; i++) {
      busy.info("message {}", i);
    }
    selfLog.pump();
    assertThat(intake.records).hasSize(SelfLog.QUEUE);
    assertThat(books.dropped()).containsEntry(SelfLog.QUEUE_FULL, 7L);
  }

  @Test
  void log_whileThePipelineIsFull_isDroppedAndCounted() throws Exception {
    intake.full = true;
    context.getLogger("any").info("one");
    selfLog.pump();
    assertThat(books.dropped()).containsEntry(OwnRecords.NO_ROOM, 1L);
  }

  @Test
  void end_storesWhatWasLoggedBefore() throws Exception {
    selfLog.begin();
    Logger logger = context.getLogger("any");
    logger.setLevel(Level.DEBUG);
    for (int i = 0; i < 50; i++) {
      logger.debug("message {}", i);
    }
    context.getLogger(Logger.ROOT_LOGGER_NAME).detachAppender(selfLog);
    selfLog.end();
    assertThat(intake.records).hasSize(50);
  }

  @Test
  void packagesThatARecordPasses_exist() throws Exception {
    for (String room : SelfLog.ROOMS) {
      if (room.startsWith("io.logcaster.")) {
        Class.forName(room + "package-info");
      }
    }
  }
}
