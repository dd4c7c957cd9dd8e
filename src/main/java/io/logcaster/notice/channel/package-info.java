/**
 * The kinds of channels that carry notices to people and to other systems, one class each, and what
 * they share: the content of a notice, checked options, and connections that refuse addresses of
 * this machine.
 */
@NullMarked
package io.logcaster.notice.channel;

import org.jspecify.annotations.NullMarked;
