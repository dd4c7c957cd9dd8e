/**
 * Rules as they run: when they are evaluated, where rules and alerts are kept, and their HTTP API.
 */
@NullMarked
package io.logcaster.alert.rule;

import org.jspecify.annotations.NullMarked;
