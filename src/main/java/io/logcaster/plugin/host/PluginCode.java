package io.logcaster.plugin.host;

import io.logcaster.system.Printable;
import org.jspecify.annotations.Nullable;

/**
 * Calls the code of one plug-in: with its own class loader as that of the thread, as many libraries
 * expect, and with every failure as a {@link PluginException}.
 */
final class PluginCode {

  private static final int MAX_MESSAGE = 300;

  private final String plugin;
  private final @Nullable ClassLoader loader;

  /** Something to call. */
  @FunctionalInterface
  interface Call<T extends @Nullable Object> {
    T run() throws Exception;
  }

  /** Something to call that returns nothing. */
  @FunctionalInterface
  interface Action {
    void run() throws Exception;
  }

  PluginCode(String plugin, @Nullable ClassLoader loader) {
    this.plugin = plugin;
    this.loader = loader;
  }

  String plugin() {
    return plugin;
  }

  /**
   * Calls the plug-in.
   *
   * @throws PluginException whatever the code throws, but for errors of the virtual machine
   * @throws InterruptedException if the code was interrupted
   */
  <T extends @Nullable Object> T call(Call<T> call) throws PluginException, InterruptedException {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      return call.run();
    } catch (InterruptedException ex) {
      throw ex;
    } catch (Throwable ex) {
      // Whatever it is, it is the plug-in's, unless the virtual machine is at its end.
      if (ex instanceof VirtualMachineError end && !(ex instanceof StackOverflowError)) {
        throw end;
      }
      throw new PluginException(message(ex), ex);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  void run(Action action) throws PluginException, InterruptedException {
    call(
        () -> {
          action.run();
          return true;
        });
  }

  private String message(Throwable ex) {
    String said = ex.getMessage();
    String text =
        (said == null || said.isBlank() || !(ex instanceof Exception))
            ? ex.getClass().getSimpleName() + (said == null ? "" : ": " + said)
            : said;
    String line = Printable.line(text);
    return line.length() > MAX_MESSAGE ? line.substring(0, MAX_MESSAGE) + "…" : line;
  }
}
