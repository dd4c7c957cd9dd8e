package io.logcaster.plugin.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.logcaster.plugin.PluginJars;
import io.logcaster.plugin.SinkPlugin;
import io.logcaster.sink.Sink;
import io.logcaster.sink.SinkContract;
import io.logcaster.sink.SinkException;
import io.logcaster.sink.SinkTesting;
import io.logcaster.sink.SinkType;
import io.logcaster.system.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example's sink keeps the contract; those that do not keep it harm only themselves. */
class HostedSinkTest extends SinkContract {

  /** A message is the last of four columns; it may have line feeds. */
  private static final Pattern ROW =
      Pattern.compile("[^,\"]+,\"[^\"]*\",\"[^\"]*\",\"((?:[^\"]|\"\")*)\"\n");

  @TempDir static Path folder;

  @TempDir Path directory;

  private static Plugins plugins;

  @BeforeAll
  static void build() throws IOException {
    PluginJars.example(folder.resolve("csv.jar"));
    plugins = new Plugins(folder, new PluginLoader());
  }

  private Sink open(String file) {
    return open(plugins, "csv", Map.of("file", file));
  }

  private Sink open(Plugins from, String type, Map<String, ?> options) {
    SinkType found = new HostedSinkType(from.sinks().get(type));
    return SinkTesting.open(
        found,
        options,
        SinkTesting.context("hosted", directory.resolve("folder"), Duration.ofSeconds(1)));
  }

  @Override
  protected Sink open() {
    return open("records.csv");
  }

  @Override
  protected List<String> received(int atLeast) throws IOException {
    Path file = directory.resolve("folder/records.csv");
    List<String> messages = new ArrayList<>();
    if (Files.exists(file)) {
      Matcher rows = ROW.matcher(Files.readString(file));
      while (rows.find()) {
        messages.add(rows.group(1).replace("\"\"", "\""));
      }
    }
    return messages;
  }

  @Override
  protected void fail() throws IOException {
    Files.move(directory.resolve("folder"), directory.resolve("moved"));
    Files.writeString(directory.resolve("folder"), "in the way");
  }

  @Override
  protected void mend() throws IOException {
    Files.delete(directory.resolve("folder"));
    Files.move(directory.resolve("moved"), directory.resolve("folder"));
  }

  @Test
  void options_thatThePluginRefuses_areAProblemOfTheUser() {
    assertThatThrownBy(() -> open("records.txt"))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("refused by the plug-in csv: file must be a name");
    assertThatThrownBy(() -> open(plugins, "csv", Map.of("file", "a.csv", "other", "x")))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("options.other");
  }

  private SinkException failureOf(String write) throws IOException {
    Path jars = Files.createDirectories(directory.resolve("jars"));
    PluginJars.of(
        jars.resolve("bad.jar"),
        SinkPlugin.class,
        """
        public String type() { return "bad"; }
        public java.util.List<PluginOption> options() {
          return java.util.List.of(
              PluginOption.required("key", PluginOption.Type.TEXT, "A secret").asSecret());
        }
        public PluginSink open(PluginContext context) {
          String key = context.options().text("key");
          return new PluginSink() {
            public void write(PluginBatch batch) throws Exception { %s }
            public void flush() {}
          };
        }
        """
            .formatted(write));
    Plugins bad = new Plugins(jars, new PluginLoader());
    try (Sink sink = open(bad, "bad", Map.of("key", "hush-hush"))) {
      sink.begin(0);
      return catchThrowableOfType(SinkException.class, () -> sink.write(batch(0, 3)));
    }
  }

  @Test
  void whateverAPluginThrows_isATemporaryFailure_withoutSecrets() throws IOException {
    for (String write :
        List.of(
            "throw new IllegalStateException(\"bad key \" + key);",
            "throw new java.io.IOException(\"bad key \" + key);",
            "throw new NoSuchMethodError(\"bad key \" + key);",
            "throw new Error(\"bad key \" + key);",
            "write(batch);",
            "batch.value(batch.size(), \"x\");")) {
      SinkException failure = failureOf(write);

      assertThat(failure.kind()).isEqualTo(SinkException.Kind.TEMPORARY);
      assertThat(failure)
          .hasMessageStartingWith("Plug-in bad: ")
          .message()
          .doesNotContain("hush-hush");
    }
  }

  @Test
  void failuresOfTheReceiver_keepTheirMeaning() throws IOException {
    SinkException busy =
        failureOf("throw SinkFailure.busy(\"wait\", java.time.Duration.ofSeconds(9));");
    assertThat(busy.kind()).isEqualTo(SinkException.Kind.TEMPORARY);
    assertThat(busy.retryAfter()).isEqualTo(Duration.ofSeconds(9));

    SinkException permanent = failureOf("throw SinkFailure.permanent(\"never\");");
    assertThat(permanent.kind()).isEqualTo(SinkException.Kind.PERMANENT);

    SinkException refused =
        failureOf("throw SinkFailure.refused(\"one\", java.util.Map.of(1, \"too long\"));");
    assertThat(refused.kind()).isEqualTo(SinkException.Kind.PARTIAL);
    assertThat(refused.refused()).containsExactly(Map.entry(1, "too long"));
  }
}
