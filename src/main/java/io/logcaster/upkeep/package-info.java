/**
 * Maintenance of stored records: retention by age, size and rules, deletion by query, and
 * snapshots.
 */
@NullMarked
package io.logcaster.upkeep;

import org.jspecify.annotations.NullMarked;
