/**
 * Reads plain lines and parses the headers that it recognises: time, level and origin.
 *
 * <p>To add a header format: if it consists of a time, a level and names in a usual order, extend
 * {@code LineHeader} (the order), {@code HeaderLevel} (how the level is marked) or {@code
 * HeaderOrigin} (the parts between the level and the message). For any other format, add a method
 * to {@code SpecialHeader}, selected by the first bytes, and list the format in that class's
 * comment.
 */
@NullMarked
package io.logcaster.ingest.raw;

import org.jspecify.annotations.NullMarked;
