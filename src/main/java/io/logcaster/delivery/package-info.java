/**
 * Proof of delivery. Senders that number what they send let the server find what is missing: {@code
 * SenderNumbers} keeps the gaps of one sender, {@code DeliveryTracker} all senders. Inputs report
 * numbers through {@link io.logcaster.delivery.DeliveryNotes}; journal entries are read from their
 * fields.
 */
@NullMarked
package io.logcaster.delivery;

import org.jspecify.annotations.NullMarked;
