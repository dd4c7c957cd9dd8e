/**
 * What the server reports about itself: live figures as a snapshot and a stream, meters for
 * Prometheus, health, and records of its own log and the machine's load.
 */
@NullMarked
package io.logcaster.metrics;

import org.jspecify.annotations.NullMarked;
