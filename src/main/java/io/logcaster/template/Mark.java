package io.logcaster.template;

import java.time.Instant;

/**
 * A named moment, such as a deploy.
 *
 * @param id unique, ascending in the order of creation
 * @param text what happened
 * @param time when it happened
 */
public record Mark(long id, String text, Instant time) {}
