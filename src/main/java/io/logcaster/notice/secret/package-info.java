/** Encryption of secrets that are stored, with a key beside the data. */
@NullMarked
package io.logcaster.notice.secret;

import org.jspecify.annotations.NullMarked;
