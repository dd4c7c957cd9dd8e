/**
 * Chooses and opens the storage that the settings name. Add a setting to {@code StorageProperties}
 * or {@code RetentionProperties}, an engine to {@code StorageConfiguration}, advice for a failed
 * start to {@code StorageOpenFailureAnalyzer}. The only package of {@code storage} that depends on
 * Spring.
 */
@NullMarked
package io.logcaster.storage.config;

import org.jspecify.annotations.NullMarked;
