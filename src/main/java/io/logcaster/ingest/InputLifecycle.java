package io.logcaster.ingest;

import io.logcaster.system.PortUnavailableException;
import io.logcaster.system.StartupLine;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Locale;
import org.springframework.context.SmartLifecycle;

/**
 * Starts an input after everything it depends on, and stops it first, so that the pipeline still
 * accepts the last records.
 */
public final class InputLifecycle implements SmartLifecycle, StartupLine {

  private final Input input;
  private final String setting;
  private final InetSocketAddress wanted;
  private volatile boolean running;

  /**
   * @param setting the setting of the port, for the message if the port is in use
   * @param wanted the address to open
   */
  public InputLifecycle(Input input, String setting, InetSocketAddress wanted) {
    this.input = input;
    this.setting = setting;
    this.wanted = wanted;
  }

  @Override
  public void start() {
    try {
      input.start();
      running = true;
    } catch (IOException ex) {
      throw new PortUnavailableException(setting, wanted, ex);
    }
  }

  @Override
  public void stop() {
    running = false;
    input.stop();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public String text() {
    InputStats stats = input.stats();
    return stats.id().toUpperCase(Locale.ROOT) + " " + stats.address();
  }
}
