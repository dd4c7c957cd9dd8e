package io.logcaster.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.work.LongLived;
import io.logcaster.work.ThreadFailures;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.support.GenericApplicationContext;

class ThreadFailuresInitializerTest {

  @AfterEach
  void leave() {
    ThreadFailures.leave();
  }

  @Test
  void failures_untilTheServerIsReady_belongToIt() {
    try (GenericApplicationContext context = new GenericApplicationContext()) {
      new ThreadFailuresInitializer().initialize(context);
      context.refresh();
      LongLived.failed("during-the-start", new IllegalStateException("odd"));
      context.publishEvent(
          new ApplicationReadyEvent(
              new SpringApplication(), new String[0], context, Duration.ofSeconds(1)));
      LongLived.failed("after-the-start", new IllegalStateException("odd"));

      assertThat(context.getBean(ThreadFailures.class).counts())
          .containsOnlyKeys("during-the-start");
    }
  }
}
