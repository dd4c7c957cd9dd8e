/**
 * What every feature stands on: the data directory and the control database in it, settings that
 * are checked at the start, errors as problem details, start-up failures with advice, and the line
 * that says the server is ready.
 */
@NullMarked
package io.logcaster.system;

import org.jspecify.annotations.NullMarked;
