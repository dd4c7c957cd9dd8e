/**
 * A file system for tests that remembers every change and what was synced, so that a storage can be
 * opened on what a power failure at any moment would have left.
 */
@NullMarked
package io.logcaster.storage.crash;

import org.jspecify.annotations.NullMarked;
