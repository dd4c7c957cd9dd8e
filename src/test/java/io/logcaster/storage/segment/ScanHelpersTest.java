package io.logcaster.storage.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class ScanHelpersTest {

  private final ScanThreads threads = new ScanThreads();
  private final List<Integer> began = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    threads.close();
  }

  @Test
  void askedTwice_eachHelperBeginsOnce() {
    ScanHelpers helpers = new ScanHelpers(threads, 2, began::add);
    helpers.ask();
    helpers.ask();
    await().until(() -> !began.isEmpty());

    assertThat(helpers.join(() -> {})).isNull();
    assertThat(began).containsExactly(1);
  }

  @Test
  void notAsked_nobodyBegins() {
    assertThat(new ScanHelpers(threads, 4, began::add).join(() -> {})).isNull();
    assertThat(began).isEmpty();
  }

  @Test
  void helperThatFails_failsTheScan() {
    IOException failure = new IOException("broken");
    ScanHelpers helpers =
        new ScanHelpers(
            threads,
            2,
            (worker) -> {
              began.add(worker);
              throw failure;
            });
    helpers.ask();
    await().until(() -> !began.isEmpty());

    assertThat(helpers.join(() -> {})).isSameAs(failure);
  }
}
