package io.logcaster.storage.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScanThreadsTest {

  private final ScanThreads threads = new ScanThreads();

  @AfterEach
  void close() {
    threads.close();
  }

  @Test
  void scan_runsOnItsOwnThread_andANestedScanOnTheSame() throws IOException {
    List<Thread> seen = new ArrayList<>();
    threads.run(
        () -> {
          seen.add(Thread.currentThread());
          threads.run(() -> seen.add(Thread.currentThread()));
        });
    assertThat(seen).hasSize(2).doesNotContain(Thread.currentThread());
    assertThat(seen.get(0)).isSameAs(seen.get(1));
    assertThat(seen.get(0).isVirtual()).isFalse();
  }

  @Test
  void failure_reachesTheCallerWithItsType() {
    IOException broken = new IOException("broken");
    assertThatThrownBy(
            () ->
                threads.run(
                    () -> {
                      throw broken;
                    }))
        .isSameAs(broken);
    IllegalStateException wrong = new IllegalStateException("wrong");
    assertThatThrownBy(
            () ->
                threads.run(
                    () -> {
                      throw wrong;
                    }))
        .isSameAs(wrong);
  }

  @Test
  void interruptedCaller_waitsForTheScanToEnd() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    List<String> events = Collections.synchronizedList(new ArrayList<>());
    Thread caller =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    threads.run(
                        () -> {
                          begun.countDown();
                          awaitQuietly(goOn);
                          events.add("ended");
                        });
                    events.add("returned");
                    events.add(Thread.currentThread().isInterrupted() ? "interrupted" : "calm");
                  } catch (IOException ex) {
                    events.add(ex.toString());
                  }
                });
    begun.await();
    caller.interrupt();
    goOn.countDown();
    caller.join();
    assertThat(events).containsExactly("ended", "returned", "interrupted");
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException ex) {
      Thread.currentThread().interrupt();
    }
  }
}
