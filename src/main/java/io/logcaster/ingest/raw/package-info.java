/**
 * Reads plain lines and takes off the heads that it recognises: time, level and origin.
 *
 * <p>To add a head of lines: if it is a time, a level and names in a usual order, extend {@code
 * LineHead} (its order), {@code HeadLevel} (how the level is set off) or {@code HeadOrigin} (what
 * stands between the level and the message). A head with a shape of its own is a method in {@code
 * SpecialHead}, chosen by its first bytes. Show it in the class comment there.
 */
@NullMarked
package io.logcaster.ingest.raw;

import org.jspecify.annotations.NullMarked;
