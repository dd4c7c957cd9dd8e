/** The composition root: starts the server and wires the features, one sub-package each. */
@NullMarked
package io.logcaster;

import org.jspecify.annotations.NullMarked;
