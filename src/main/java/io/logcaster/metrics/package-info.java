/**
 * What the server tells of itself: live figures as a snapshot and a stream, meters for Prometheus,
 * health, and its own log and the machine's load as records like any other.
 */
@NullMarked
package io.logcaster.metrics;

import org.jspecify.annotations.NullMarked;
