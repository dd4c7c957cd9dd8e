package io.logcaster.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.record.LogRecord;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.Timestamps;
import io.logcaster.storage.Batches;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Templates that differ in one word become one, whose births are not repeated. */
class WordGroupsTest {

  @TempDir Path directory;

  private final List<String> told = new ArrayList<>();

  private TemplateRegistry registry;

  @BeforeEach
  void open() {
    registry = new TemplateRegistry(directory, 10_000, 64 << 20, Clock.systemUTC());
    AutoCloseable _ = registry.subscribe((birth) -> told.add(birth.template()));
    registry.load(0);
    registry.ready();
  }

  @AfterEach
  void close() throws IOException {
    registry.close();
  }

  /** Learns a message and commits it. */
  private void learn(String message) {
    RecordBatch batch =
        Batches.of(new LogRecord(Timestamps.DAY + told.size(), 9, message, List.of()));
    Tally tally = new Tally();
    registry.lock();
    try {
      new RowsLearner(registry, tally).learn(batch);
    } finally {
      registry.unlock();
    }
    registry.commit(tally);
  }

  private static String name(int number) {
    return "user" + "abcdefghijklmnopqrstuvwxyz".charAt(number % 26) + "o".repeat(number / 26);
  }

  private List<String> known() {
    return registry.read(
        (templates) ->
            templates
                .map((template) -> template.template() + " " + template.count)
                .sorted()
                .collect(Collectors.toList()));
  }

  @Test
  void manyNames_becomeOneTemplate_withAllCountsAndTheFirstBirth() throws IOException {
    learn("session opened for usera by root");
    Instant born = registry.between(Instant.MIN, Instant.MAX).getFirst().learned();
    String id = registry.idOf("session opened for usera by root");
    // A query sees a group before the register has one.
    assertThat(registry.idOf("session opened for <*> by root", "session opened for usera by root"))
        .isEqualTo(id);
    for (int i = 0; i < 60; i++) {
      learn("session opened for " + name(i) + " by root");
    }
    assertThat(known()).containsExactly("session opened for <*> by root 61");
    assertThat(told).hasSize(WordGroups.MANY - 1);
    assertThat(registry.between(Instant.MIN, Instant.MAX))
        .singleElement()
        .satisfies((birth) -> assertThat(birth.learned()).isEqualTo(born));
    String group = registry.idOf("session opened for <*> by root");
    assertThat(registry.idOf("session opened for nobody by root")).isEqualTo(group);
    assertThat(registry.idOf("session opened for usera by root")).isEqualTo(group);
    assertThat(registry.idOf("session opened for <*> by root", "session opened for usera by root"))
        .isEqualTo(group);
    assertThat(registry.<String>find(Long.parseUnsignedLong(id, 16), KnownTemplate::name))
        .isEqualTo(group);

    registry.close();
    open();
    learn("session opened for userzz by root");
    assertThat(known()).containsExactly("session opened for <*> by root 62");
    assertThat(told).hasSize(WordGroups.MANY - 1);
    assertThat(registry.<String>find(Long.parseUnsignedLong(id, 16), KnownTemplate::name))
        .isEqualTo(group);
  }

  @Test
  void manyNamesAtOnce_haveOneBirth() {
    List<LogRecord> records = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      records.add(
          new LogRecord(Timestamps.DAY, 9, "cannot open table " + name(i) + " now", List.of()));
    }
    registry.lock();
    try {
      new RowsLearner(registry, null).learn(Batches.of(records.toArray(LogRecord[]::new)));
    } finally {
      registry.unlock();
    }
    registry.commit(new Tally());
    assertThat(told).containsExactly("cannot open table <*> now");
  }

  @Test
  void shortMessages_staySeparate() {
    for (int i = 0; i < 40; i++) {
      learn("connection " + name(i));
    }
    assertThat(known()).hasSize(40);
    assertThat(told).hasSize(40);
  }
}
