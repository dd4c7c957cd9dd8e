/**
 * The composition root: starts the server or a command and wires the features. Each feature has its
 * own sub-package.
 *
 * <p>A new feature of the server is a sub-package with its own beans, found by scanning; a new
 * command goes into {@code cli}. {@code ArchitectureTest} lists which package may use which.
 */
@NullMarked
package io.logcaster;

import org.jspecify.annotations.NullMarked;
