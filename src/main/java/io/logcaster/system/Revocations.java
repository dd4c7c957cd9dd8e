package io.logcaster.system;

import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** Notifies long connections that their owner's credentials were revoked. */
@FunctionalInterface
public interface Revocations {

  /**
   * Registers a callback for the revocation of an owner's credentials.
   *
   * @param owner who opened the connection; null if no credentials are required
   * @param revoked called at most once, from any thread; called immediately if they are already
   *     revoked; must not block
   * @return removes the callback; to be called when the connection ends
   */
  Runnable watch(@Nullable Principal owner, Runnable revoked);
}
