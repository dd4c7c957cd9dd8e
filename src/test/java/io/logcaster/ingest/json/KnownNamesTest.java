package io.logcaster.ingest.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.ingest.LevelScale;
import io.logcaster.ingest.json.NameMeaning.Part;
import io.logcaster.ingest.json.NameMeaning.Shape;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class KnownNamesTest {

  private static final JsonNames.Meanings MEANINGS = JsonNames.DEFAULT.meanings();

  private static List<List<String>> lists() {
    return List.of(
        KnownNames.ALL_TIMES,
        KnownNames.ALL_MESSAGES,
        KnownNames.LEVELS,
        KnownNames.HOSTS,
        KnownNames.APPS);
  }

  private static Set<String> all() {
    Set<String> all = new HashSet<>();
    lists().forEach(all::addAll);
    return all;
  }

  @ParameterizedTest
  @MethodSource("lists")
  void list_hasNoDuplicates(List<String> names) {
    assertThat(names).doesNotHaveDuplicates();
  }

  @Test
  void tables_nameOnlyListedNames() {
    Set<String> all = all();
    assertThat(Stream.concat(all.stream(), KnownNames.DATADOG_LEVELS.stream()))
        .containsAll(KnownNames.DOUBTFUL);
    assertThat(all).containsAll(KnownNames.ONLY_IN_THEIR_CASE);
    assertThat(all).containsAll(KnownNames.NEEDS.keySet());
    assertThat(all).containsAll(KnownNames.SCALES.keySet());
  }

  @Test
  void shapes_areNamedInLowerCase_andTheirBitsDiffer() {
    assertThat(KnownNames.SHOWS.keySet())
        .allSatisfy((name) -> assertThat(name).isEqualTo(name.toLowerCase(Locale.ROOT)));
    assertThat(Stream.of(Shape.values()).map(Shape::bit)).doesNotHaveDuplicates();
  }

  @Test
  void neededShape_isShownBySomeName() {
    assertThat(KnownNames.SHOWS.values()).containsAll(KnownNames.NEEDS.values());
  }

  @ParameterizedTest
  @CsvSource({
    // name, part, does any value count
    "_time, TIME, true",
    "Timestamp, TIME, true",
    "time, TIME, false",
    "_msg, MESSAGE, true",
    "MESSAGE, MESSAGE, true",
    "body, MESSAGE, false",
    "level, LEVEL, true",
    "Level, LEVEL, false",
    "severity, LEVEL, true",
    "record.level.name, LEVEL, true",
    "loglevel, LEVEL, false",
    "PRIORITY, LEVEL, false",
    "label, LEVEL, false",
    "hostname, HOST, true",
    "SYSLOG_IDENTIFIER, APP, true",
    "stream, NONE, true",
    "_stream, DERIVED, true",
  })
  void name_hasOneMeaning(String name, Part part, boolean sure) {
    NameMeaning meaning = MEANINGS.of(name);
    assertThat(meaning).isNotNull();
    assertThat(meaning.part()).isEqualTo(part);
    assertThat(meaning.sure()).isEqualTo(sure);
  }

  @ParameterizedTest
  @CsvSource({
    "message, msg",
    "level, severity",
    "severity_text, loglevel",
    "@l, label",
    "host, hostname"
  })
  void earlierName_ranksBeforeLaterOne(String earlier, String later) {
    NameMeaning first = MEANINGS.of(earlier);
    NameMeaning second = MEANINGS.of(later);
    assertThat(first).isNotNull();
    assertThat(second).isNotNull();
    assertThat(first.rank()).isLessThan(second.rank());
  }

  @ParameterizedTest
  @CsvSource({
    "PRIORITY, SYSLOG",
    "priority, NONE",
    "severityNumber, OTEL",
    "loglevel, DOT_NET",
    "levelno, PYTHON",
    "level, ANY"
  })
  void levelName_determinesTheScaleOfNumbers(String name, LevelScale scale) {
    NameMeaning meaning = MEANINGS.of(name);
    assertThat(meaning).isNotNull();
    assertThat(meaning.scale()).isEqualTo(scale);
  }

  @ParameterizedTest
  @CsvSource({"duration", "user", "l", "m", "S", "_comm"})
  void otherName_isAPlainField(String name) {
    assertThat(MEANINGS.of(name)).isNull();
  }
}
