/**
 * How the nodes are: each tells its roles, version, health and load, and the one that is asked
 * shows all of them, those that are away too.
 */
@NullMarked
package io.logcaster.fleet;

import org.jspecify.annotations.NullMarked;
