/** The commands beside the server, in the same jar: {@code logcaster bench --help}. */
@NullMarked
package io.logcaster.cli;

import org.jspecify.annotations.NullMarked;
