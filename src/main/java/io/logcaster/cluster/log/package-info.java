/** The topic between the roles: its messages, its settings, and the storage that writes to it. */
@NullMarked
package io.logcaster.cluster.log;

import org.jspecify.annotations.NullMarked;
