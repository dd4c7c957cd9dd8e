/**
 * Finds what a notice shows of an alert: its first records, their template, and the value before.
 */
@NullMarked
package io.logcaster.notice.content;

import org.jspecify.annotations.NullMarked;
