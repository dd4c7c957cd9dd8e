package io.logcaster.security;

import static io.logcaster.system.ProblemException.invalidProperty;

import io.logcaster.system.ProblemException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The tokens over HTTP. A token itself is shown once, when it is made. */
@RestController
@RequestMapping("/api/v1/tokens")
class TokensController {

  /** A list of tokens is read as a whole. */
  private static final int MAX_TOKENS = 1_000;

  private static final int MAX_NAME = 200;

  /** 256 bits: nobody guesses one. */
  private static final int RANDOM_BYTES = 32;

  /** Tells people and scanners of secrets what it is that was found. */
  private static final String PREFIX = "lct_";

  private final TokenStore store;
  private final SecureRandom random = new SecureRandom();

  TokensController(TokenStore store) {
    this.store = store;
  }

  /**
   * A token.
   *
   * @param token the token itself; only in the answer that makes it
   */
  record Token(
      @Nullable String id,
      @Nullable String name,
      @Nullable List<String> scopes,
      @Nullable Instant createdAt,
      @Nullable String token) {

    static Token of(TokenStore.Stored stored, @Nullable String token) {
      return new Token(
          stored.id(),
          stored.name(),
          stored.scopes().stream()
              .map(scope -> scope.name().toLowerCase(Locale.ROOT))
              .sorted()
              .toList(),
          stored.createdAt(),
          token);
    }
  }

  @GetMapping
  List<Token> list() {
    return store.all().stream().map(stored -> Token.of(stored, null)).toList();
  }

  @PostMapping
  ResponseEntity<Token> add(@RequestBody Token body) {
    String name = name(body.name());
    Set<Scope> scopes = scopes(body.scopes());
    if (body.token() != null) {
      throw invalidProperty("token", "is made by the server: leave it out");
    }
    if (store.count() >= MAX_TOKENS) {
      throw new ProblemException(
          HttpStatus.CONFLICT,
          "too_many_tokens",
          "There are %,d tokens already. Revoke one.".formatted(MAX_TOKENS));
    }
    byte[] secret = new byte[RANDOM_BYTES];
    random.nextBytes(secret);
    String token = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    String id = UUID.randomUUID().toString();
    TokenStore.Stored stored =
        store
            .add(id, name, scopes, TokenDigest.of(token))
            .orElseThrow(
                () ->
                    new ProblemException(
                        HttpStatus.CONFLICT,
                        "name_taken",
                        "Another token is named '%s'.".formatted(name)));
    return ResponseEntity.created(URI.create("/api/v1/tokens/" + id)).body(Token.of(stored, token));
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void revoke(@PathVariable String id) {
    if (!store.remove(id)) {
      throw new ProblemException(
          HttpStatus.NOT_FOUND, "token_not_found", "There is no token '%s'.".formatted(id));
    }
  }

  private static String name(@Nullable String name) {
    if (name == null || name.isBlank()) {
      throw invalidProperty("name", "is required");
    }
    if (name.length() > MAX_NAME) {
      throw invalidProperty("name", "must not have more than " + MAX_NAME + " characters");
    }
    return name.strip();
  }

  private static Set<Scope> scopes(@Nullable List<String> names) {
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    try {
      for (String name : (names == null) ? List.of("ingest") : names) {
        scopes.add(Scope.valueOf(name.toUpperCase(Locale.ROOT)));
      }
    } catch (IllegalArgumentException ex) {
      throw invalidProperty("scopes", "must name ingest, query or admin");
    }
    if (scopes.isEmpty()) {
      throw invalidProperty("scopes", "must name at least one of ingest, query and admin");
    }
    return scopes;
  }
}
