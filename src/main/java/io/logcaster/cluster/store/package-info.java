/** The role {@code store}: reads the topic between the roles and stores each batch exactly once. */
@NullMarked
package io.logcaster.cluster.store;

import org.jspecify.annotations.NullMarked;
