/**
 * Finds secrets and personal data in values: one pass over the bytes, without expressions. {@link
 * io.logcaster.transform.redact.SecretFinder} finds, {@link io.logcaster.transform.redact.Redactor}
 * replaces.
 */
@NullMarked
package io.logcaster.transform.redact;

import org.jspecify.annotations.NullMarked;
