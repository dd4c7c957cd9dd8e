package io.logcaster.storage.segment.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Order(2) // it closes many mapped files
class MappedPagesTest {

  private static final int SIZE = 1 << 20;

  @TempDir Path temporary;

  @Test
  void close_whileOthersGivePagesBack_unmapsTheFile() throws Exception {
    Path path = Files.write(temporary.resolve("file"), new byte[SIZE]);
    AtomicBoolean done = new AtomicBoolean();
    CompletableFuture<Void> others =
        CompletableFuture.runAsync(
            () -> {
              while (!done.get()) {
                MappedPages.read(1L << 30);
              }
            },
            Thread.ofPlatform()::start);
    try {
      for (int i = 0; i < 2_000; i++) {
        openAndClose(path);
      }
    } finally {
      done.set(true);
    }
    others.join();
  }

  private static void openAndClose(Path path) throws IOException {
    MappedFile file = MappedFile.open(path, SIZE);
    file.copy(0, SIZE);
    file.close();
    assertThat(file.isOpen()).isFalse();
  }
}
