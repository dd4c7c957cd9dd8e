/**
 * Backups in object storage: {@link io.logcaster.backup.Backups} makes them of snapshots, {@link
 * io.logcaster.backup.Restoration} makes a data directory of one. {@link
 * io.logcaster.backup.BackupManifest} says what lies in the bucket.
 */
@NullMarked
package io.logcaster.backup;

import org.jspecify.annotations.NullMarked;
