package io.logcaster.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.logcaster.pipeline.InputMetrics;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every input that records come to one after the other does. */
public abstract class InputContract {

  protected final RecordingIntake intake = new RecordingIntake();
  protected final InputMetrics metrics = new InputMetrics("under-test");
  private final List<Input> inputs = new ArrayList<>();

  /** Makes an input, not started yet. */
  protected abstract Input create(InputContext context) throws IOException;

  /** Sends a line to the address of the stats. */
  protected abstract void send(String address, String line) throws IOException;

  protected final Input input() throws IOException {
    return added(create(context()));
  }

  protected final InputContext context() {
    return new InputContext(
        intake, metrics, List.of("host", "app"), ZoneOffset.UTC, Clock.systemUTC());
  }

  /** The same input, which is stopped at the end. */
  protected final Input added(Input input) {
    inputs.add(input);
    return input;
  }

  protected final Input started() throws IOException {
    return started(Map.of(), ZoneOffset.UTC);
  }

  protected final Input started(Map<String, String> fields, ZoneId zone) throws IOException {
    Input input = added(create(context().with(fields, zone)));
    input.start();
    await().until(() -> input.stats().state() == InputStats.State.RUNNING);
    return input;
  }

  @AfterEach
  void stop() {
    intake.release();
    intake.open();
    inputs.forEach(Input::stop);
  }

  protected final void awaitRecords(int count) {
    await().atMost(Duration.ofMinutes(1)).until(() -> intake.size() >= count);
    assertThat(intake.size()).isEqualTo(count);
  }

  @Test
  void stats_showStateAndCounters() throws IOException {
    assertThat(input().stats().state()).isEqualTo(InputStats.State.STOPPED);
    Input input = started();
    assertThat(input.stats().id()).isEqualTo("under-test");
    assertThat(input.stats().address()).isNotEmpty();

    send(input.stats().address(), "hello");
    awaitRecords(1);
    assertThat(intake.messages()).containsExactly("hello");
    await().until(() -> input.stats().bytes() > 0);
    assertThat(input.stats().rejected()).isZero();

    input.stop();
    assertThat(input.stats().state()).isEqualTo(InputStats.State.STOPPED);
  }

  @Test
  void stop_beforeStart_andTwice_doesNothing() throws IOException {
    input().stop();
    Input input = started();
    input.stop();
    input.stop();
    assertThat(input.stats().state()).isEqualTo(InputStats.State.STOPPED);
  }

  @Test
  void configuredFields_areAddedWhereAbsent() throws IOException {
    Input input = started(Map.of("site", "berlin", "team", "unknown"), ZoneOffset.UTC);
    send(input.stats().address(), "{\"level\":\"info\",\"msg\":\"one\",\"team\":\"pay\"}");
    awaitRecords(1);
    assertThat(intake.records().getFirst().value("site")).isEqualTo("berlin");
    assertThat(intake.records().getFirst().value("team")).isEqualTo("pay");
  }
}
