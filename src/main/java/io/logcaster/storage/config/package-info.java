/** Chooses and opens the storage that the settings name. */
@NullMarked
package io.logcaster.storage.config;

import org.jspecify.annotations.NullMarked;
