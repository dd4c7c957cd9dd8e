package io.logcaster.plugin;

/**
 * Where records come in. It writes them with a {@link RecordSubmitter} and acknowledges them to
 * their sender, if it has to, when {@link RecordSubmitter#submit} has returned: they are on disk
 * then.
 */
public interface PluginInput {

  /**
   * Receives until the input is {@linkplain #stop stopped}, then submits what it has read and
   * returns. If it returns or throws before that, the server logs it, shows the input as failed and
   * calls this again after a pause.
   */
  void run() throws Exception;

  /**
   * Makes {@link #run} return within a few seconds: refuses new senders and reads what the present
   * ones have sent. Called by another thread, which then waits for {@code run} and interrupts it
   * after ten seconds. Returns at once.
   */
  void stop();

  /** The address that it listens on or reads from, for people; empty while there is none. */
  default String address() {
    return "";
  }
}
