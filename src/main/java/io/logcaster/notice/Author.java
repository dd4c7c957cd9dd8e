package io.logcaster.notice;

import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** Who did something: as the request says, or as the server knows. */
final class Author {

  private static final int MAX_LENGTH = 200;

  private Author() {}

  static String of(HttpServletRequest request, @Nullable String given) {
    Principal user = request.getUserPrincipal();
    String name = given == null || given.isBlank() ? user == null ? "" : user.getName() : given;
    return name.length() <= MAX_LENGTH ? name : name.substring(0, MAX_LENGTH);
  }
}
