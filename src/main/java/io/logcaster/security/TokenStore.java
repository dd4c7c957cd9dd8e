package io.logcaster.security;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Tokens created over the API. The control database stores only their digests; the {@link
 * Authenticator} gets them at the start. Thread-safe.
 */
@Component
class TokenStore {

  private final JdbcClient jdbc;
  private final Authenticator authenticator;
  private final Clock clock;

  TokenStore(JdbcClient jdbc, Authenticator authenticator, Clock clock) {
    this.jdbc = jdbc;
    this.authenticator = authenticator;
    this.clock = clock;
    jdbc.sql("SELECT name, scopes, digest FROM token")
        .query(
            (row, number) -> {
              authenticator.add(
                  new TokenDigest(row.getString("digest")),
                  new Identity(row.getString("name"), scopes(row.getString("scopes"))));
              return number;
            })
        .list();
  }

  /** What is stored about a token, besides its digest. */
  record Stored(String id, String name, Set<Scope> scopes, Instant createdAt) {}

  List<Stored> all() {
    return jdbc.sql("SELECT id, name, scopes, created_at FROM token ORDER BY name")
        .query(
            (row, number) ->
                new Stored(
                    row.getString("id"),
                    row.getString("name"),
                    scopes(row.getString("scopes")),
                    row.getObject("created_at", OffsetDateTime.class).toInstant()))
        .list();
  }

  int count() {
    return jdbc.sql("SELECT COUNT(*) FROM token").query(Integer.class).single();
  }

  /**
   * Stores a token, which is valid from now on.
   *
   * @return the stored token; empty if the name is taken
   */
  Optional<Stored> add(String id, String name, Set<Scope> scopes, TokenDigest digest) {
    Instant now = clock.instant();
    try {
      jdbc.sql("INSERT INTO token (id, name, scopes, digest, created_at) VALUES (?, ?, ?, ?, ?)")
          .params(
              id, name, text(scopes), digest.hex(), OffsetDateTime.ofInstant(now, ZoneOffset.UTC))
          .update();
    } catch (DuplicateKeyException ex) {
      return Optional.empty();
    }
    authenticator.add(digest, new Identity(name, scopes));
    return Optional.of(new Stored(id, name, scopes, now));
  }

  /** Revokes a token immediately; returns whether it existed. */
  boolean remove(String id) {
    Optional<String> digest =
        jdbc.sql("SELECT digest FROM token WHERE id = ?").param(id).query(String.class).optional();
    digest.ifPresent((hex) -> authenticator.remove(new TokenDigest(hex)));
    return jdbc.sql("DELETE FROM token WHERE id = ?").param(id).update() > 0;
  }

  private static String text(Set<Scope> scopes) {
    return new TreeSet<>(scopes).stream().map(Scope::name).collect(Collectors.joining(","));
  }

  private static Set<Scope> scopes(String text) {
    return Arrays.stream(text.split(",", -1)).map(Scope::valueOf).collect(Collectors.toSet());
  }
}
