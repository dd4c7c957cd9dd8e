package io.logcaster.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PostgresSqlTest {

  @Test
  void merge_becomesAnInsertThatUpdates() {
    assertThat(
            PostgresSql.of(
                """
                MERGE INTO log_source
                  (host, app, rate) KEY (host, app) VALUES (?, ?, COALESCE(?, (SELECT 1)))
                """))
        .isEqualToNormalizingWhitespace(
            "INSERT INTO log_source (host, app, rate) VALUES (?, ?, COALESCE(?, (SELECT 1)))"
                + " ON CONFLICT (host, app) DO UPDATE SET rate = EXCLUDED.rate");
    assertThat(PostgresSql.of("MERGE INTO t (a) KEY (a) VALUES (?)"))
        .isEqualTo("INSERT INTO t (a) VALUES (?) ON CONFLICT (a) DO NOTHING");
  }

  @Test
  void migrations_getTypesThatExist() {
    assertThat(PostgresSql.of("CREATE TABLE t (a CHARACTER LARGE OBJECT, b CLOB NOT NULL)"))
        .isEqualTo("CREATE TABLE t (a TEXT, b TEXT NOT NULL)");
    assertThat(PostgresSql.of("ALTER TABLE t ADD COLUMN c TIMESTAMP(9) WITH TIME ZONE"))
        .isEqualTo("ALTER TABLE t ADD COLUMN c TIMESTAMP(6) WITH TIME ZONE");
  }

  @Test
  void otherStatements_stayAsTheyAre() {
    String sql = "SELECT text FROM mark WHERE text = 'MERGE INTO t CLOB TIMESTAMP(9)'";

    assertThat(PostgresSql.of(sql)).isEqualTo(sql);
  }
}
