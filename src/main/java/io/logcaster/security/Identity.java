package io.logcaster.security;

import java.util.Set;

/**
 * Somebody who has shown credentials.
 *
 * @param name the user's, the token's or the certificate's name
 * @param scopes what they may do
 */
public record Identity(String name, Set<Scope> scopes) {

  public Identity {
    scopes = Set.copyOf(scopes);
  }

  /** Whether they may do something. */
  public boolean may(Scope scope) {
    return scopes.contains(scope) || scopes.contains(Scope.ADMIN);
  }
}
