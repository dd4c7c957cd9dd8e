/**
 * A file system for tests that records every change and every sync, so that a test can open a
 * storage on what a power failure at any moment would have left.
 */
@NullMarked
package io.logcaster.storage.crash;

import org.jspecify.annotations.NullMarked;
