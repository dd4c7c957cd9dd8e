package io.logcaster.security;

import java.security.Principal;
import java.util.Set;

/**
 * An authenticated sender or reader.
 *
 * @param name the user's, the token's or the certificate's name
 * @param scopes what it may do
 */
public record Identity(String name, Set<Scope> scopes) implements Principal {

  public Identity {
    scopes = Set.copyOf(scopes);
  }

  @Override
  public String getName() {
    return name;
  }

  /** Whether it has a scope. */
  public boolean may(Scope scope) {
    return scopes.contains(scope) || scopes.contains(Scope.ADMIN);
  }
}
