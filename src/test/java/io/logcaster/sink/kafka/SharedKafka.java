package io.logcaster.sink.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.util.FileSystemUtils;

/** One broker for all test classes that do not kill it; they must hold the {@link #LOCK}. */
public final class SharedKafka implements BeforeAllCallback {

  public static final String LOCK = "kafka";

  private KafkaBroker broker;

  /** Closed with the last test. */
  private static final class Running implements AutoCloseable {

    private final Path directory;
    private final KafkaBroker broker;

    Running() {
      try {
        directory = Files.createTempDirectory("logcaster-kafka");
        broker = KafkaBroker.secured(directory.resolve("kafka"));
      } catch (IOException ex) {
        throw new UncheckedIOException(ex);
      }
    }

    @Override
    public void close() throws IOException {
      try {
        broker.kill();
      } catch (InterruptedException ex) {
        Thread.currentThread().interrupt();
      }
      broker.close();
      FileSystemUtils.deleteRecursively(directory);
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    broker =
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.GLOBAL)
            .computeIfAbsent(SharedKafka.class, (key) -> new Running(), Running.class)
            .broker;
  }

  public KafkaBroker broker() {
    return broker;
  }
}
