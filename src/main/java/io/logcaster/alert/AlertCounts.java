package io.logcaster.alert;

/** How many alerts there are now. */
public interface AlertCounts {

  int firing();

  int pending();
}
