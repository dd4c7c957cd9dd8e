package io.logcaster.system;

import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Logs one line when everything has started: how long that took and where everything is. */
@Component
class StartupReport {

  private static final Logger LOG = LoggerFactory.getLogger("io.logcaster");

  private final ObjectProvider<StartupLine> lines;
  private final DataDirectory directory;

  StartupReport(ObjectProvider<StartupLine> lines, DataDirectory directory) {
    this.lines = lines;
    this.directory = directory;
  }

  @EventListener
  void report(ApplicationReadyEvent event) {
    Duration startup = event.getTimeTaken();
    LOG.info("{}", line(startup == null ? Duration.ZERO : startup));
  }

  String line(Duration startup) {
    return Stream.concat(
            lines.orderedStream().map(StartupLine::text), Stream.of("data " + directory))
        .collect(
            Collectors.joining(
                ", ",
                "LogCaster is ready after %.1f s: ".formatted(startup.toMillis() / 1000.0),
                ""));
  }
}
