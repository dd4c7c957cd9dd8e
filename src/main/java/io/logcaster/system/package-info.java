/**
 * The foundation of all features: the data directory with the control database, validation of
 * settings, problem details, start-up failures with advice, and the line that says that the server
 * is ready.
 */
@NullMarked
package io.logcaster.system;

import org.jspecify.annotations.NullMarked;
