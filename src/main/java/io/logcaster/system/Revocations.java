package io.logcaster.system;

import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** Tells long connections that whoever opened them may no longer. */
@FunctionalInterface
public interface Revocations {

  /**
   * Waits for somebody's credentials to be revoked.
   *
   * @param owner who opened the connection; null where nobody is asked for credentials
   * @param revoked called at most once, from any thread, at once where they are revoked already;
   *     must not block
   * @return ends the waiting; to be called when the connection ends
   */
  Runnable watch(@Nullable Principal owner, Runnable revoked);
}
