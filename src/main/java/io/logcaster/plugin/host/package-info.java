/**
 * Runs plug-ins: finds their jars, loads each with its own class loader, and stands between their
 * code and the server, so that whatever it throws stays its own failure. What plug-ins see is in
 * {@code io.logcaster.plugin}.
 */
@NullMarked
package io.logcaster.plugin.host;

import org.jspecify.annotations.NullMarked;
