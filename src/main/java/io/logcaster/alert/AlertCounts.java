package io.logcaster.alert;

/** The current number of alerts. */
public interface AlertCounts {

  int firing();

  int pending();
}
