package io.logcaster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.FileSystemUtils;

/** Gives a test's server free ports and an empty data directory, deleted when the JVM ends. */
public class TemporaryDataDirectory
    implements ApplicationContextInitializer<ConfigurableApplicationContext> {

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    try {
      Path dir = Files.createTempDirectory("logcaster-test");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(dir)));
      context
          .getEnvironment()
          .getPropertySources()
          .addFirst(
              new MapPropertySource(
                  "temporary data directory",
                  Map.of(
                      "logcaster.data.dir", dir.toString(),
                      "logcaster.tcp.port", "0",
                      "logcaster.udp.port", "0")));
    } catch (IOException ex) {
      throw new UncheckedIOException(ex);
    }
  }

  private static void delete(Path dir) {
    try {
      FileSystemUtils.deleteRecursively(dir);
    } catch (IOException ex) {
      // A server still closing its files: the system clears its temporary directory.
    }
  }
}
