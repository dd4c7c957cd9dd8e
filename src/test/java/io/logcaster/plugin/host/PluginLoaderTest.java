package io.logcaster.plugin.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.plugin.PluginJars;
import io.logcaster.plugin.SinkPlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Good plug-ins are found, and broken ones harm nobody. */
class PluginLoaderTest {

  private static final String TYPE = "public String type() { return \"%s\"; } ";

  private static final String OPEN =
      "public PluginSink open(PluginContext context) { return null; } ";

  @TempDir Path folder;

  private Plugins plugins() {
    return new Plugins(folder, new PluginLoader(Duration.ofSeconds(10)));
  }

  private void sink(String jar, String members) throws IOException {
    PluginJars.of(folder.resolve(jar), SinkPlugin.class, members);
  }

  @Test
  void noFolder_isNoPlugins() {
    Plugins none = new Plugins(folder.resolve("absent"), new PluginLoader());

    assertThat(none.names()).isEmpty();
    assertThat(none.failures()).isEmpty();
  }

  @Test
  void example_providesEveryKind() throws IOException {
    PluginJars.example(folder.resolve("csv.jar"));
    Plugins plugins = plugins();

    assertThat(plugins.failures()).isEmpty();
    assertThat(plugins.names()).containsExactly("csv");
    assertThat(plugins.sinks()).containsOnlyKeys("csv");
    assertThat(plugins.inputs()).containsOnlyKeys("csv");
    assertThat(plugins.transforms()).containsOnlyKeys("upper_case");
  }

  @Test
  void folderWithJars_isOnePlugin() throws IOException {
    Path inner = Files.createDirectories(folder.resolve("mine"));
    PluginJars.of(inner.resolve("a.jar"), SinkPlugin.class, TYPE.formatted("mine") + OPEN);
    Files.createDirectories(folder.resolve("empty"));
    Files.writeString(folder.resolve("notes.txt"), "not a plug-in");

    assertThat(plugins().names()).containsExactly("mine");
    assertThat(plugins().sinks()).containsOnlyKeys("mine");
  }

  @Test
  void plugin_seesNeitherTheServerNorOtherPlugins() throws IOException {
    sink("other.jar", TYPE.formatted("other") + OPEN);
    sink(
        "curious.jar",
        OPEN
            + """
            public String type() {
              StringBuilder seen = new StringBuilder("sees");
              for (String name : new String[] {
                  "io.logcaster.LogCasterApplication",
                  "io.logcaster.plugin.host.Plugins",
                  "org.slf4j.Logger",
                  "org.springframework.context.ApplicationContext",
                  "example.csv.CsvSinkPlugin"}) {
                try {
                  Class.forName(name, false, Thread.currentThread().getContextClassLoader());
                  seen.append('-').append(name.toLowerCase().replace('.', '_'));
                } catch (ClassNotFoundException ex) {
                  // as it should be
                }
              }
              return seen.toString();
            }
            """);
    PluginJars.example(folder.resolve("csv.jar"));

    assertThat(plugins().sinks()).containsOnlyKeys("csv", "sees", "other");
  }

  @Test
  void brokenPlugins_areNamed_andTheOthersWork() throws IOException {
    PluginJars.example(folder.resolve("good.jar"));
    Files.writeString(folder.resolve("garbage.jar"), "this is no jar");
    sink(
        "thrower.jar", TYPE.formatted("x") + OPEN + "public Main() { throw new Error(\"boom\"); }");
    sink("typeless.jar", "public String type() { return null; } " + OPEN);
    sink("shouting.jar", TYPE.formatted("Shout!") + OPEN);
    sink(
        "linkless.jar",
        "public String type() { throw new NoClassDefFoundError(\"org/other/Lib\"); } " + OPEN);
    sink("endless.jar", "public String type() { return type(); } " + OPEN);
    Plugins plugins = plugins();

    assertThat(plugins.sinks()).containsOnlyKeys("csv");
    assertThat(plugins.failures())
        .containsOnlyKeys("garbage", "thrower", "typeless", "shouting", "linkless", "endless");
    assertThat(plugins.failures().get("garbage")).startsWith("garbage.jar is not a jar");
    assertThat(plugins.failures().get("thrower")).contains("p.Main");
    assertThat(plugins.failures().get("shouting")).contains("Shout!");
    assertThat(plugins.failures().get("linkless")).contains("org/other/Lib");
    assertThat(plugins.failures().get("endless")).contains("StackOverflowError");
  }

  @Test
  void constructorThatHangs_isGivenUp() throws IOException {
    sink(
        "hanging.jar",
        TYPE.formatted("x")
            + OPEN
            + "public Main() throws InterruptedException { Thread.sleep(600_000); }");
    Plugins plugins = new Plugins(folder, new PluginLoader(Duration.ofMillis(300)));

    assertThat(plugins.sinks()).isEmpty();
    assertThat(plugins.failures().get("hanging")).contains("did not load");
  }

  @Test
  void secondPluginOfAType_isNotUsed() throws IOException {
    sink("a.jar", TYPE.formatted("same") + OPEN);
    sink("b.jar", TYPE.formatted("same") + OPEN);
    Plugins plugins = plugins();

    assertThat(plugins.sinks().get("same").code().plugin()).isEqualTo("a");
    assertThat(plugins.failures()).containsOnlyKeys("b");
    assertThat(plugins.failures().get("b")).contains("type same, which the plug-in a has too");
  }
}
