/**
 * Incident capsules: one HTML file with a query, its records and what was known of them, which
 * opens without a server.
 */
@NullMarked
package io.logcaster.capsule;

import org.jspecify.annotations.NullMarked;
