package io.logcaster.plugin;

/** What an input gets from the server. */
public interface PluginInputContext extends PluginContext {

  /**
   * Makes a submitter of records. Each belongs to one thread; an input may have several.
   *
   * @param sender the value of {@code host} for records without one; empty to leave it absent
   */
  RecordSubmitter submitter(String sender);
}
