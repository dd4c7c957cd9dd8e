/**
 * Which alerts are told of together, when, and through which channels: matchers, routes, hours, and
 * the groups of alerts with what has been told about them. Knows neither clocks nor databases.
 */
@NullMarked
package io.logcaster.notice.route;

import org.jspecify.annotations.NullMarked;
