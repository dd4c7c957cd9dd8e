package io.logcaster.ingest.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.logcaster.ingest.InputContext;
import io.logcaster.ingest.InputStats;
import io.logcaster.ingest.RecordingIntake;
import io.logcaster.ingest.text.Decoding;
import io.logcaster.pipeline.InputMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerInputTest {

  private static final String PART = "p".repeat(16_384);

  @TempDir private Path directory;

  private final RecordingIntake intake = new RecordingIntake();
  private final List<DockerInput> inputs = new ArrayList<>();
  private FakeDocker docker;

  @BeforeEach
  void open() throws IOException {
    docker = new FakeDocker(directory.resolve("docker.sock"));
  }

  @AfterEach
  void close() throws IOException {
    inputs.forEach(DockerInput::stop);
    docker.close();
  }

  private DockerInput start(String... exclude) throws IOException {
    return start(Duration.ofMillis(100), exclude);
  }

  private DockerInput start(Duration joinWait, String... exclude) throws IOException {
    DockerInput input =
        new DockerInput(
            new DockerProperties(
                directory.resolve("docker.sock").toString(),
                Set.of(exclude),
                Duration.ofDays(3_650),
                joinWait),
            new InputContext(
                intake,
                new InputMetrics("docker"),
                List.of("host", "app"),
                ZoneOffset.UTC,
                Clock.fixed(Instant.parse("2026-11-20T08:00:00Z"), ZoneOffset.UTC)),
            directory.resolve("docker.positions"),
            256 << 10);
    inputs.add(input);
    input.start();
    return input;
  }

  @Test
  void stop_twice_doesNothing_andAnotherReaderMayFollow() throws IOException {
    DockerInput input = start();
    input.stop();
    input.stop();
    assertThat(input.stats().state()).isEqualTo(InputStats.State.STOPPED);
    assertThat(input.stats().id()).isEqualTo("docker");
    DockerInput next = start();
    await().until(() -> next.stats().state() == InputStats.State.RUNNING);
  }

  private void awaitMessages(String... messages) {
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(intake.messages()).containsExactly(messages));
  }

  private Map<String, String> record(String message) {
    return Decoding.fields(
        intake.records().stream()
            .filter((record) -> message.equals(record.message()))
            .findFirst()
            .orElseThrow());
  }

  private static String at(int second) {
    return "2026-11-20T07:10:%02d.123456789Z".formatted(second);
  }

  private FakeDocker.Box quiet(String id, String name) {
    FakeDocker.Box box = docker.add(id, name);
    box.started = "2010-01-01T00:00:00Z";
    return box;
  }

  @Test
  void lines_haveTheFieldsOfTheirContainer_andPartsAreJoined() throws IOException {
    FakeDocker.Box box = quiet("ab", "shop-cart-1");
    docker.log(box, false, at(1), "{\"level\":\"warn\",\"msg\":\"slow\"}\n");
    docker.log(box, false, at(2), PART);
    docker.log(box, true, at(3), "between\n");
    docker.log(box, false, at(2), "end\n");
    docker.log(box, false, at(4), "2026-11-20 07:10:04,500 ERROR [main] c.e.Cart - empty\n");
    start();
    awaitMessages("slow", PART + "end", "between", "empty");
    assertThat(record("slow"))
        .containsEntry("_time", at(1))
        .containsEntry("level", "WARN")
        .containsEntry("host", "dock1")
        .containsEntry("app", "cart")
        .containsEntry("stream", "stdout")
        .containsEntry("container.id", "abababababab")
        .containsEntry("container.name", "shop-cart-1")
        .containsEntry("container.image.name", "shop:1.2")
        .containsEntry("container.label.team", "pay");
    assertThat(record("between")).containsEntry("stream", "stderr");
    assertThat(record("empty")).containsEntry("level", "ERROR").containsEntry("logger", "c.e.Cart");
  }

  private static void trace(FakeDocker docker, FakeDocker.Box box) {
    docker.log(box, false, at(1), "2026-11-20 07:10:01,500 ERROR [main] c.e.Cart - no stock\n");
    docker.log(box, true, at(1), "Traceback (most recent call last):\n");
    docker.log(box, false, at(1), "java.lang.IllegalStateException: empty\n");
    docker.log(box, true, at(1), "  File \"a.py\", line 1, in <module>\n");
    docker.log(box, false, at(1), "\tat c.e.Cart.take(Cart.java:12)\n");
    docker.log(box, true, at(1), "ValueError: bad\n");
    docker.log(box, true, at(1), "INFO: next\n");
    docker.log(box, false, at(4), "  too late\n");
    // Everything that waits is written at the end.
    docker.exit(box, "2026-11-20T07:10:05Z", 0);
  }

  @Test
  void linesOfAStackTrace_areOneRecord_thoseOfEachOutputApart() throws IOException {
    trace(docker, quiet("ab", "cart"));
    start(Duration.ofMinutes(1));
    String java =
        "no stock\njava.lang.IllegalStateException: empty\n\tat c.e.Cart.take(Cart.java:12)";
    awaitMessages(
        "Traceback (most recent call last):\n"
            + "  File \"a.py\", line 1, in <module>\nValueError: bad",
        java,
        "next",
        "  too late",
        "Container cart exited with code 0");
    assertThat(record(java))
        .containsEntry("level", "ERROR")
        .containsEntry("logger", "c.e.Cart")
        .containsEntry("stream", "stdout")
        .containsEntry("container.name", "cart");
  }

  @Test
  void withoutAWait_linesStayApart() throws IOException {
    trace(docker, quiet("ab", "cart"));
    start(Duration.ZERO);
    await().until(() -> intake.size() == 9);
    assertThat(intake.messages())
        .contains("no stock", "\tat c.e.Cart.take(Cart.java:12)", "ValueError: bad");
  }

  @Test
  void terminal_hasLinesWithoutFrames() throws IOException {
    FakeDocker.Box box = quiet("ab", "shell");
    box.terminal = true;
    docker.log(box, false, at(1), "one\r\n");
    docker.log(box, false, at(2), "two\r\n");
    start();
    awaitMessages("one", "two");
  }

  @Test
  void nextStart_continuesAfterWhatIsStored() throws IOException {
    FakeDocker.Box box = quiet("ab", "a");
    docker.log(box, false, at(1), "one\n");
    docker.log(box, false, at(2), "two\n");
    DockerInput first = start();
    awaitMessages("one", "two");
    // Its rest comes when nobody reads.
    docker.log(box, false, at(3), PART);
    await().until(() -> first.stats().bytes() > 16_000);
    first.stop();
    assertThat(first.stats().state()).isEqualTo(InputStats.State.STOPPED);
    docker.log(box, false, at(3), "rest\n");
    FakeDocker.Box other = quiet("cd", "b");
    docker.log(other, false, at(4), "other\n");
    start();
    await().until(() -> intake.size() == 4);
    assertThat(intake.messages()).contains("other", PART + "rest");
  }

  @Test
  void restartOfAContainer_isMarked_andItsExit() throws IOException {
    FakeDocker.Box box = quiet("ab", "worker");
    docker.log(box, false, at(1), "before\n");
    start();
    awaitMessages("before");
    docker.log(box, true, at(2), "giving up\n");
    docker.exit(box, "2026-11-20T07:10:05Z", 2);
    awaitMessages("before", "giving up", "Container worker exited with code 2");
    assertThat(record("Container worker exited with code 2"))
        .containsEntry("level", "ERROR")
        .containsEntry("container.event", "die")
        .containsEntry("container.exit_code", "2");
    box.restarts = 1;
    docker.start(box, "2026-11-20T07:10:06Z");
    docker.log(box, false, at(7), "after\n");
    awaitMessages(
        "before",
        "giving up",
        "Container worker exited with code 2",
        "Container worker was restarted",
        "after");
    assertThat(record("after")).containsEntry("container.restarts", "1");
  }

  @Test
  void batchThatIsNotStored_isReadAgain() throws IOException {
    FakeDocker.Box box = quiet("ab", "a");
    docker.log(box, false, at(1), "one\n");
    start();
    awaitMessages("one");
    intake.failWith(new IOException("disk"));
    int requests = docker.requests.size();
    docker.log(box, false, at(2), "two\n");
    await().until(() -> docker.requests.size() > requests);
    intake.failWith(null);
    docker.log(box, false, at(3), "three\n");
    awaitMessages("one", "two", "three");
  }

  @Test
  void daemonThatRestarts_isReadOn_andExcludedContainersAreNot() throws IOException {
    FakeDocker.Box box = quiet("ab", "a");
    docker.log(quiet("cd", "noise"), false, at(1), "noise\n");
    docker.log(box, false, at(1), "one\n");
    DockerInput input = start("noise");
    awaitMessages("one");
    docker.close();
    await().until(() -> input.stats().state() == InputStats.State.FAILED);
    docker = new FakeDocker(directory.resolve("docker.sock"));
    FakeDocker.Box again = quiet("ab", "a");
    docker.log(again, false, at(1), "one\n");
    docker.log(again, false, at(2), "two\n");
    awaitMessages("one", "two");
    assertThat(input.stats().state()).isEqualTo(InputStats.State.RUNNING);
  }

  @Test
  void damagedPositions_areReplaced() throws IOException {
    Files.writeString(directory.resolve("docker.positions"), "nonsense");
    FakeDocker.Box box = quiet("ab", "a");
    docker.log(box, false, at(1), "one\n");
    start();
    awaitMessages("one");
  }
}
