/**
 * The noise bill: which message templates take the most room on disk, who reads them, and what
 * keeping fewer of them would save.
 */
@NullMarked
package io.logcaster.noise;

import org.jspecify.annotations.NullMarked;
