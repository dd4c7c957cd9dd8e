/**
 * Watches stored batches for rules: which of them may fire and are judged at once, and which cannot
 * and need not ask the store.
 */
@NullMarked
package io.logcaster.alert.live;

import org.jspecify.annotations.NullMarked;
