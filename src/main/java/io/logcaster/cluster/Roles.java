package io.logcaster.cluster;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The roles of this node. Components ask them when they start: beans are the same in every role.
 *
 * @param roles What this node does: all, or some of ingest, store, query and alert.
 */
@ConfigurationProperties("logcaster")
public record Roles(@DefaultValue("all") Set<Role> roles) {

  /** One machine that does everything. */
  public static final Roles EVERYTHING = new Roles(Set.of(Role.ALL));

  public Roles {
    if (roles.isEmpty()) {
      throw new IllegalArgumentException(
          "logcaster.roles is empty; it must be all, or some of ingest, store, query and alert");
    }
    if (roles.contains(Role.ALL) && roles.size() > 1) {
      throw new IllegalArgumentException(
          "logcaster.roles has all and others; all already contains every role");
    }
    roles = Set.copyOf(roles);
  }

  /** Whether this node receives records. */
  public boolean ingests() {
    return has(Role.INGEST);
  }

  /** Whether this node keeps records. */
  public boolean stores() {
    return has(Role.STORE);
  }

  /** Whether this node answers queries. */
  public boolean queries() {
    return has(Role.QUERY);
  }

  /** Whether this node evaluates alert rules. */
  public boolean alerts() {
    return has(Role.ALERT);
  }

  /** Whether records that this node receives go to Kafka, for other nodes to store. */
  public boolean writesToKafka() {
    return ingests() && !stores();
  }

  /** Whether this node stores what other nodes wrote to Kafka. */
  public boolean readsFromKafka() {
    return stores() && !ingests();
  }

  private boolean has(Role role) {
    return roles.contains(Role.ALL) || roles.contains(role);
  }

  /** As in the setting, such as {@code ingest,query}. */
  @Override
  public String toString() {
    return EnumSet.copyOf(roles).stream()
        .map((role) -> role.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(","));
  }
}
