package io.logcaster.system;

import io.logcaster.work.ThreadFailures;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Gives each server its own {@link ThreadFailures}: before any bean starts a thread, until the
 * server is ready and its threads have inherited it.
 */
final class ThreadFailuresInitializer
    implements ApplicationContextInitializer<ConfigurableApplicationContext> {

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    context.getBeanFactory().registerSingleton("threadFailures", ThreadFailures.open());
    ApplicationListener<ApplicationReadyEvent> ready = (event) -> ThreadFailures.leave();
    context.addApplicationListener(ready);
  }
}
