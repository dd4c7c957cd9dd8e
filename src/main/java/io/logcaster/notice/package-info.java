/**
 * Tells people of alerts: channels and routes, silences, maintenance and acknowledgements, and the
 * notices that follow from them. The parts know nothing of each other and meet here: what is due
 * ({@code route}), what it says ({@code content}), how it is brought ({@code delivery}), and where
 * it goes ({@code channel}).
 */
@NullMarked
package io.logcaster.notice;

import org.jspecify.annotations.NullMarked;
