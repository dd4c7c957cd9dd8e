package io.logcaster.security;

import java.security.Principal;
import java.util.Set;

/**
 * Somebody who has shown credentials.
 *
 * @param name the user's, the token's or the certificate's name
 * @param scopes what they may do
 */
public record Identity(String name, Set<Scope> scopes) implements Principal {

  public Identity {
    scopes = Set.copyOf(scopes);
  }

  @Override
  public String getName() {
    return name;
  }

  /** Whether they may do something. */
  public boolean may(Scope scope) {
    return scopes.contains(scope) || scopes.contains(Scope.ADMIN);
  }
}
