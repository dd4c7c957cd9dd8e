package io.logcaster.plugin.host;

import static io.logcaster.transform.TestTransforms.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.logcaster.plugin.EditableBatch;
import io.logcaster.plugin.PluginJars;
import io.logcaster.plugin.PluginTransform;
import io.logcaster.plugin.TransformPlugin;
import io.logcaster.record.LogRecord;
import io.logcaster.transform.PluginRefusal;
import io.logcaster.transform.TestTransforms;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example's transform changes records; those that fail harm only the records they fail on. */
class HostedTransformTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);

  /** No test waits for it. */
  private static final Duration LONG = Duration.ofMinutes(5);

  @TempDir static Path folder;

  private static HostedTransforms transforms;

  @TempDir Path own;

  @BeforeAll
  static void build() throws IOException {
    PluginJars.example(folder.resolve("csv.jar"));
    transforms = hosted(folder);
  }

  private static HostedTransforms hosted(Path jars) {
    return new HostedTransforms(
        new Plugins(jars, new PluginLoader()), jars.resolve("data"), CLOCK, LONG);
  }

  private static List<Map<String, String>> run(
      HostedTransforms from, String options, LogRecord... records) {
    return TestTransforms.run(
        "[{'name':'the plug-in','filter':'app:=shop','action':'plugin','options':{%s}}]"
            .formatted(options),
        from,
        records);
  }

  private static HostedTransform hosted(
      PluginTransform transform, Duration limit, AtomicLong nanos) {
    return new HostedTransform(
        transform, new PluginCode("mine", null), UnaryOperator.identity(), limit, nanos::get);
  }

  private static List<String> messages(PluginTransform transform, LogRecord... records) {
    return TestTransforms.messages(hosted(transform, LONG, new AtomicLong()), records);
  }

  @Test
  void example_changesTheSelectedRecords_andDropsSome() {
    List<Map<String, String>> stored =
        run(
            transforms,
            "'type':'upper_case','values':{'field':'user'}",
            record("one", "user", "anna"),
            record("two", "user", "bert", "app", "other"),
            record("three"),
            record("four", "user", "cleo"));

    assertThat(stored)
        .extracting((row) -> row.get("_msg") + " " + row.get("user"))
        .containsExactly("one ANNA", "two bert", "four CLEO");
  }

  @Test
  void types_areThoseOfLoadedPlugins() throws Exception {
    assertThat(TestTransforms.types(transforms)).isEqualTo("[{\"type\":\"upper_case\"}]");
  }

  @Test
  void changedStreamFields_moveTheRecord() {
    assertThat(
            run(
                transforms,
                "'type':'upper_case','values':{'field':'host'}",
                record("one", "host", "web")))
        .singleElement()
        .extracting((row) -> row.get("host"))
        .isEqualTo("WEB");
  }

  @Test
  void changes_areSeenByTheReadsThatFollow() {
    List<String> seen =
        messages(
            (batch) -> {
              batch.set(1, "level", "error");
              batch.set(1, "user", "anna");
              batch.set(1, "app", "");
              String json = new String(batch.json(1), StandardCharsets.UTF_8);
              batch.set(
                  1,
                  "_msg",
                  batch.severity(1)
                      + batch.value(1, "user")
                      + batch.fields()
                      + json.contains("anna"));
            },
            record("first"),
            record("second"));

    assertThat(seen).first().isEqualTo("first");
    assertThat(seen).last().asString().startsWith("17anna[").contains("level").endsWith("true");
  }

  @Test
  void recordThatFails_isStoredAndMarked_andTheOthersAreChanged() throws IOException {
    Path jars = Files.createDirectories(own.resolve("jars"));
    PluginJars.of(
        jars.resolve("picky.jar"),
        TransformPlugin.class,
        """
        public String type() { return "picky"; }
        public PluginTransform open(PluginContext context) {
          return (batch) -> {
            for (int row = 0; row < batch.size(); row++) {
              if (batch.message(row).equals("bad")) {
                throw new Error("cannot read " + batch.message(row));
              }
              batch.set(row, "seen", "yes");
            }
          };
        }
        """);

    List<Map<String, String>> stored =
        run(hosted(jars), "'type':'picky'", record("good"), record("bad"), record("fine"));

    assertThat(stored)
        .extracting((row) -> row.get("_msg") + " " + row.get("seen"))
        .containsExactly("good yes", "bad null", "fine yes");
    assertThat(stored.get(1).get("_transform_error"))
        .isEqualTo("the plug-in: the plug-in picky: Error: cannot read bad");
  }

  @Test
  void fieldsOfTheServer_cannotBeSet() {
    for (String field : List.of("_time", "_stream", "_transform_error", "")) {
      assertThatThrownBy(() -> messages((batch) -> batch.set(0, field, "x"), record("one")))
          .hasMessageContaining("cannot be set");
    }
    assertThatThrownBy(() -> messages((batch) -> batch.drop(1), record("one")))
        .hasMessageContaining("Row 1");
  }

  @Test
  void transformThatHangs_isInterrupted_andPausedForAMinute() throws InterruptedException {
    AtomicLong now = new AtomicLong();
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    HostedTransform transform =
        hosted(
            (batch) -> {
              if (batch.message(0).equals("hang")) {
                try {
                  never.await();
                } finally {
                  interrupted.countDown();
                }
              }
              batch.set(0, "_msg", "done");
            },
            Duration.ofMillis(200),
            now);

    assertThatThrownBy(() -> TestTransforms.messages(transform, record("hang")))
        .hasMessageContaining("took longer than 200 ms");
    assertThatThrownBy(() -> TestTransforms.messages(transform, record("next")))
        .hasMessageMatching(".*(still busy|took too long).*");
    assertThat(interrupted.await(60, TimeUnit.SECONDS)).isTrue();
    await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptions() // while its thread is still on its way out
        .until(
            () -> {
              now.addAndGet(Duration.ofMinutes(1).toNanos());
              return TestTransforms.messages(transform, record("next"));
            },
            List.of("done")::equals);
  }

  @Test
  void lateChanges_reachNoBatch() {
    EditableBatch[] kept = new EditableBatch[1];
    messages((batch) -> kept[0] = batch, record("one"));

    assertThatThrownBy(() -> kept[0].set(0, "late", "x")).hasMessageContaining("have gone on");
  }

  private static PluginRefusal refusal(String type, Map<String, String> values) {
    return catchThrowableOfType(PluginRefusal.class, () -> transforms.open(type, "a name", values));
  }

  @Test
  void wrongOptions_areNamed() {
    assertThat(refusal("lower_case", Map.of()).place()).isEqualTo("type");
    assertThat(refusal("lower_case", Map.of())).hasMessageContaining("there are upper_case");
    assertThat(refusal("upper_case", Map.of()).place()).isEqualTo("values.field");
    assertThat(refusal("upper_case", Map.of())).hasMessage("is required: Field to change");
    assertThat(refusal("upper_case", Map.of("field", "a", "fiedl", "b")))
        .hasMessageContaining("unknown");
  }

  @Test
  void missingPlugin_marksTheRecords_andIsNamedInHealth() {
    Plugins none = new Plugins(own, new PluginLoader());
    HostedTransforms hosted = new HostedTransforms(none, own, CLOCK, LONG);

    List<Map<String, String>> stored = run(hosted, "'type':'gone'", record("one"), record("two"));

    assertThat(stored)
        .hasSize(2)
        .allSatisfy((row) -> assertThat(row.get("_transform_error")).contains("'gone'"));
    assertThat(none.failures()).containsKey("gone");
  }

  @Test
  void secretOption_isReadFromItsFile() throws IOException {
    Path jars = Files.createDirectories(own.resolve("jars"));
    PluginJars.of(
        jars.resolve("keyed.jar"),
        TransformPlugin.class,
        """
        public String type() { return "keyed"; }
        public java.util.List<PluginOption> options() {
          return java.util.List.of(
              PluginOption.required("key", PluginOption.Type.TEXT, "A secret").asSecret());
        }
        public PluginTransform open(PluginContext context) {
          String key = context.options().text("key");
          return (batch) -> {
            if (batch.message(0).equals("fail")) {
              throw new IllegalStateException("wrong key " + key);
            }
            batch.set(0, "length", Integer.toString(key.length()));
          };
        }
        """);
    HostedTransforms hosted = hosted(jars);
    Path file = Files.writeString(own.resolve("key"), "hush-hush\n");
    String options = "'type':'keyed','values':{'key':'" + file + "'}";

    assertThat(run(hosted, options, record("one")).getFirst()).containsEntry("length", "9");
    assertThat(run(hosted, options, record("fail")).getFirst().get("_transform_error"))
        .contains("wrong key ***");
    assertThat(
            catchThrowableOfType(
                    PluginRefusal.class,
                    () -> hosted.open("keyed", "a", Map.of("key", "hush-hush")))
                .place())
        .isEqualTo("values.key");
  }
}
