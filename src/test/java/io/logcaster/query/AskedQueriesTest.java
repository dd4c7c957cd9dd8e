package io.logcaster.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

class AskedQueriesTest {

  private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");

  private JdbcClient jdbc;

  @BeforeEach
  void createTable() {
    JdbcDataSource source = new JdbcDataSource();
    source.setURL("jdbc:h2:mem:" + System.identityHashCode(this) + ";DB_CLOSE_DELAY=-1");
    new ResourceDatabasePopulator(new ClassPathResource("db/migration/V121__asked_queries.sql"))
        .execute(source);
    jdbc = JdbcClient.create(source);
  }

  private AskedQueries at(Instant time) {
    return new AskedQueries(jdbc, Clock.fixed(time, ZoneOffset.UTC));
  }

  @Test
  void queries_areCountedByPerson_andSurviveARestart() {
    try (AskedQueries asked = at(NOW)) {
      asked.asked("ann", "error");
      asked.asked("ann", " error ");
      asked.asked(null, "error");
      assertThat(asked.uses()).extracting(QueryUses.Use::times).containsExactlyInAnyOrder(2L, 1L);
    }
    Instant later = NOW.plus(Duration.ofDays(1));
    try (AskedQueries asked = at(later)) {
      asked.asked("ann", "error");
      assertThat(asked.uses())
          .extracting(QueryUses.Use::name, QueryUses.Use::times, QueryUses.Use::last)
          .containsExactlyInAnyOrder(tuple("ann", 3L, later), tuple("", 1L, NOW));
    }
    try (AskedQueries asked = at(NOW.plus(AskedQueries.KEPT).plusSeconds(1))) {
      assertThat(asked.uses()).extracting(QueryUses.Use::name).containsExactly("ann");
    }
  }

  @Test
  void queries_areBounded_inNumberAndLength() {
    try (AskedQueries asked = at(NOW)) {
      asked.asked("ann", "x".repeat(AskedQueries.MAX_LENGTH + 1));
      asked.asked("ann", " ");
      for (int i = 0; i <= AskedQueries.MAX_QUERIES; i++) {
        asked.asked("ann", "q" + i);
      }
      assertThat(asked.uses())
          .hasSize(AskedQueries.MAX_QUERIES)
          .extracting(QueryUses.Use::query)
          .doesNotContain("q0");
    }
  }
}
