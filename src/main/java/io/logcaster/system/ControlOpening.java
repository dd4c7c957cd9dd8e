package io.logcaster.system;

import java.time.Clock;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Opens the control database on a thread of its own while the server's other beans are created,
 * because opening takes about as long as creating the web server.
 */
final class ControlOpening implements AutoCloseable {

  private final FutureTask<ControlPool> opening;

  private boolean handedOver;

  ControlOpening(DataDirectory directory, ControlProperties control, Clock clock) {
    opening =
        new FutureTask<>(
            () ->
                (control.url() != null)
                    ? ControlDatabase.open(control, clock)
                    : ControlDatabase.open(
                        new ControlFiles(directory.dir(), clock),
                        ControlDatabase.url(directory.dir()),
                        clock));
    Thread.ofPlatform().daemon().name("control-opening").start(opening);
  }

  /**
   * Waits until the database is open and migrated. The caller closes it.
   *
   * @throws ControlDatabaseException if it cannot be opened
   */
  synchronized ControlPool pool() {
    ControlPool pool = await();
    handedOver = true;
    return pool;
  }

  /** Closes the database if the start failed before anything asked for it. */
  @Override
  public synchronized void close() {
    if (!handedOver) {
      handedOver = true;
      try {
        await().close();
      } catch (RuntimeException ex) {
        // It is not open, and another failure ended the start.
      }
    }
  }

  private ControlPool await() {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return opening.get();
        } catch (InterruptedException ex) {
          interrupted =
              true; // it takes a second at most, and must not go on behind a closed server
        }
      }
    } catch (ExecutionException ex) {
      if (ex.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(ex.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Begins the opening as soon as the settings are known to exist: before any other bean. */
  static final class Early implements BeanFactoryPostProcessor {

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
      // The build, too, runs this, when it finds out about the beans.
      if (!Boolean.getBoolean("spring.aot.processing")) {
        beans.getBean(ControlOpening.class);
      }
    }
  }
}
