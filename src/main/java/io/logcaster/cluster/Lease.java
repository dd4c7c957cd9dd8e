package io.logcaster.cluster;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The right of one node to do what only one may do, in the control database that the nodes share.
 *
 * <p>The holder moves a beat every second. Others take the lease when they have seen the same beat
 * for {@link #PATIENCE}, each by its own clock, so that clocks need not agree. A holder that has
 * not moved its beat for {@link #VALID} no longer trusts itself. What it writes it writes in a
 * transaction that {@linkplain #verify verifies} the token of the lease: a holder that slept
 * through its replacement writes nothing.
 *
 * <p>Thread-safe; one thread beats.
 */
public final class Lease {

  /** How long a holder trusts a beat: less than others wait. */
  static final Duration VALID = Duration.ofSeconds(4);

  /** How long others wait. With a beat a second, a dead holder is replaced within 8 s. */
  static final Duration PATIENCE = Duration.ofSeconds(6);

  private static final long FREE = -1;

  private final @Nullable JdbcClient jdbc;
  private final String name;
  private final String holder;
  private final Clock clock;

  /** The own token; 0 while another node holds the lease. */
  private volatile long token;

  private volatile Instant validUntil = Instant.MIN;
  private @Nullable Row seen;
  private Instant seenAt = Instant.MIN;

  private record Row(String holder, long token, long beat) {}

  /** Another node has taken the lease; what was to be written is not. */
  public static final class LostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LostException(String name) {
      super("Another node holds the lease '" + name + "'");
    }
  }

  /**
   * @param jdbc the shared database; null where there is only this node, which holds every lease
   * @param name what the lease is for
   * @param holder the name of this process, which no other has
   */
  public Lease(@Nullable JdbcClient jdbc, String name, String holder, Clock clock) {
    this.jdbc = jdbc;
    this.name = name;
    this.holder = holder;
    this.clock = clock;
  }

  /** The lease of a server that is alone. */
  public static Lease alone() {
    return new Lease(null, "", "", Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
  }

  /** Whether other nodes could hold it. */
  public boolean isShared() {
    return jdbc != null;
  }

  /** Whether this node may act. */
  public boolean isHeld() {
    return jdbc == null || (token > 0 && clock.instant().isBefore(validUntil));
  }

  /**
   * Moves the beat, or takes the lease if its holder is silent. To be called every second.
   *
   * @return whether this node holds the lease
   */
  public synchronized boolean beat() {
    if (jdbc == null) {
      return true;
    }
    Instant now = clock.instant();
    if (token > 0) {
      int moved =
          jdbc.sql(
                  "UPDATE node_lease SET beat = beat + 1"
                      + " WHERE name = ? AND holder = ? AND token = ?")
              .params(name, holder, token)
              .update();
      if (moved == 0) {
        token = 0;
      }
    } else {
      take(jdbc, now);
    }
    if (token > 0) {
      validUntil = now.plus(VALID);
    }
    return token > 0;
  }

  private void take(JdbcClient shared, Instant now) {
    Row row =
        shared
            .sql("SELECT holder, token, beat FROM node_lease WHERE name = ?")
            .param(name)
            .query(
                (result, number) ->
                    new Row(result.getString(1), result.getLong(2), result.getLong(3)))
            .optional()
            .orElse(null);
    if (row == null) {
      create(shared);
      return;
    }
    if (!row.equals(seen)) {
      seen = row;
      seenAt = now;
    }
    if (row.beat() != FREE && now.isBefore(seenAt.plus(PATIENCE))) {
      return;
    }
    int taken =
        shared
            .sql(
                "UPDATE node_lease SET holder = ?, token = ?, beat = 0"
                    + " WHERE name = ? AND token = ? AND beat = ?")
            .params(holder, row.token() + 1, name, row.token(), row.beat())
            .update();
    if (taken == 1) {
      token = row.token() + 1;
    }
  }

  private void create(JdbcClient shared) {
    try {
      shared
          .sql("INSERT INTO node_lease (name, holder, token, beat) VALUES (?, ?, 1, 0)")
          .params(name, holder)
          .update();
      token = 1;
    } catch (DuplicateKeyException ex) {
      // Another node was faster.
    }
  }

  /**
   * Holds the lease until the end of the present transaction, so that nobody takes it before what
   * is written is visible.
   *
   * @throws LostException if this node does not hold it
   */
  public void verify() {
    if (jdbc == null) {
      return;
    }
    boolean own =
        jdbc.sql(
                "SELECT token FROM node_lease WHERE name = ? AND holder = ? AND token = ?"
                    + " FOR UPDATE")
            .params(name, holder, token)
            .query(Long.class)
            .optional()
            .isPresent();
    if (!own) {
      throw new LostException(name);
    }
  }

  /** Gives the lease back, so that another node takes it at once. */
  public synchronized void release() {
    long own = token;
    token = 0;
    if (jdbc != null && own > 0) {
      jdbc.sql("UPDATE node_lease SET beat = ? WHERE name = ? AND holder = ? AND token = ?")
          .params(FREE, name, holder, own)
          .update();
    }
  }
}
