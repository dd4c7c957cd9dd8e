/**
 * Message templates that are known by name: an id, a birth (when, where and by which record a
 * template was first seen), counts by day, marks such as deploys, and the comparison of two ranges.
 *
 * <p>{@link io.logcaster.template.TemplateBirths} is what other features use: births of a range,
 * and a listener for new ones.
 */
@NullMarked
package io.logcaster.template;

import org.jspecify.annotations.NullMarked;
