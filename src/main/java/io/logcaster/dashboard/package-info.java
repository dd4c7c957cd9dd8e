/**
 * Dashboards: panels of queries on a grid, with variables, kept in the control database. The
 * console draws them; the built-in ones are files among the resources.
 */
@NullMarked
package io.logcaster.dashboard;

import org.jspecify.annotations.NullMarked;
