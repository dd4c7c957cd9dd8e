package io.logcaster.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every input that opens a port of its own does, beside what all do. */
public abstract class PortContract extends InputContract {

  /** Makes an input, not started yet, on any free port for 0. */
  protected abstract Input create(InputContext context, int port);

  @Override
  protected final Input create(InputContext context) {
    return create(context, 0);
  }

  protected static int port(String address) {
    return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
  }

  @Test
  void address_isThatOfThePort_andItsBytesAreCounted() throws IOException {
    Input input = started();
    assertThat(input.stats().address()).matches("127\\.0\\.0\\.1:[1-9]\\d*");
    send(input.stats().address(), "hello");
    awaitRecords(1);
    assertThat(input.stats().bytes()).isBetween(5L, 10L);
  }

  @Test
  void stop_readsWhatWasSentBefore_andFreesThePort() throws IOException {
    Input input = started();
    String address = input.stats().address();
    for (int i = 0; i < 100; i++) {
      send(address, "line " + i);
    }
    input.stop();
    assertThat(intake.size()).isEqualTo(100);

    Input next = added(create(context(), port(address)));
    next.start();
    assertThat(next.stats().address()).isEqualTo(address);
  }

  @Test
  void portInUse_isAnError_andLeavesItStopped() throws IOException {
    Input input = added(create(context(), port(started().stats().address())));
    assertThatThrownBy(input::start).isInstanceOf(IOException.class);
    assertThat(input.stats().state()).isEqualTo(InputStats.State.STOPPED);
    input.stop();
  }

  @Test
  void appOfARecord_isItsStreams_whateverIsConfigured() throws IOException {
    Input input = started(Map.of("app", "unknown"), ZoneOffset.UTC);
    send(input.stats().address(), "{\"msg\":\"one\",\"app\":\"shop\"}");
    awaitRecords(1);
    assertThat(intake.records().getFirst().value("app")).isEqualTo("shop");
    assertThat(intake.streams().getFirst()).contains("app=\"shop\"");
  }

  /** The formats of security products, containers and structured syslog need no port of theirs. */
  @Test
  void formatsOfLines_areReadBesideEachOther() throws IOException {
    Input input = started(Map.of("site", "berlin"), ZoneOffset.UTC);
    List<String> lines =
        List.of(
            "CEF:0|Sec|ids|1.0|100|worm stopped|10|src=10.0.0.1",
            "LEEF:1.0|Sec|ids|1.0|login failed|usrName=joe",
            "2026-11-20T07:08:09.5Z stderr F from a container",
            "<13>Nov 21 09:00:00 web1 app[7]: @cee: {\"msg\":\"a cookie\",\"n\":1}",
            "<134>Nov 20 07:08:09 fw1 CEF:0|V|P|1|id|port scan|3|act=blocked");
    for (int i = 0; i < lines.size(); i++) {
      send(input.stats().address(), lines.get(i));
      awaitRecords(i + 1);
    }
    assertThat(intake.messages())
        .containsExactly(
            "worm stopped", "login failed", "from a container", "a cookie", "port scan");
    assertThat(intake.records())
        .extracting((record) -> record.value("site"))
        .containsOnly("berlin");
    assertThat(intake.records()).noneMatch((record) -> !record.value("_parse_error").isEmpty());
  }

  @Test
  void configuredZone_appliesToTimesWithoutOne() throws IOException {
    Input input = started(Map.of(), ZoneId.of("+05:00"));
    send(input.stats().address(), "2026-11-21 09:15:00 ERROR late");
    awaitRecords(1);
    assertThat(intake.records().getFirst().time())
        .isEqualTo(Instant.parse("2026-11-21T04:15:00Z").getEpochSecond() * 1_000_000_000L);
  }
}
