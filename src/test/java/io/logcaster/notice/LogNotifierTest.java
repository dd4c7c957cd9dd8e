package io.logcaster.notice;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.logcaster.alert.AlertState;
import io.logcaster.alert.rule.AlertChanges;
import java.time.Instant;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

@Isolated("loggers of other classes' tests are below its logger")
class LogNotifierTest {

  @Test
  void namesAndLabels_cannotAddLogLines() {
    Logger logger = (Logger) LoggerFactory.getLogger("io.logcaster.alert");
    ListAppender<ILoggingEvent> appender = new ListAppender<>();
    appender.start();
    logger.addAppender(appender);
    Level before = logger.getLevel();
    logger.setLevel(Level.INFO);
    try {
      TreeMap<String, String> labels = new TreeMap<>();
      labels.put("user", "eve\n2026-11-30T12:00:00Z  INFO all is well\u001b[2K \"quoted\" 🔥");
      for (AlertState to : new AlertState[] {AlertState.FIRING, AlertState.INACTIVE}) {
        new LogNotifier(new Unmuted())
            .changed(
                AlertChanges.change(
                    "id",
                    "name\r\nforged",
                    labels,
                    to == AlertState.FIRING ? AlertState.PENDING : AlertState.FIRING,
                    to,
                    Instant.EPOCH));
      }
    } finally {
      logger.setLevel(before);
      logger.detachAppender(appender);
    }
    assertThat(appender.list)
        .hasSize(2)
        .allSatisfy(
            (event) ->
                assertThat(event.getFormattedMessage())
                    .contains("name␍␊forged", "eve␊2026", "␛[2K", "\"quoted\" 🔥")
                    .doesNotContainPattern("\\p{Cntrl}"));
  }
}
