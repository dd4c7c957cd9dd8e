package io.logcaster.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class QueryPickerTest {

  private static List<String> messages() {
    List<String> messages = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      String message =
          (i % 10 == 0)
              ? "request finished within " + (100 + i) + " ms"
              : (i % 100 == 1) ? "retry refused" : "tick tock";
      messages.add((i % 20 == 3) ? message + " and waiting room" : message);
    }
    messages.set(500, "unrepeatable");
    return messages;
  }

  @Test
  void pick_selectsWordsByFrequency() {
    Map<String, String> queries =
        new QueryPicker(messages())
            .pick().stream().collect(Collectors.toMap(BenchQuery::name, BenchQuery::text));

    assertThat(queries)
        .containsEntry("medium token", "\"refused\" | stats count() n")
        .containsEntry("rare token, 10 rows", "\"unrepeatable\" | limit 10")
        .containsEntry("phrase", "\"and waiting\" | stats count() n")
        .containsEntry("regexp, literal", "~\"within [0-9]+\" | stats count() n");
    assertThat(queries.get("frequent token")).matches("\"(finished|request)\" .*");
  }

  @Test
  void lines_areReadAsTheyWereWritten() {
    List<BenchQuery> queries = new QueryPicker(messages()).pick();

    assertThat(BenchQuery.parse(queries.stream().map(BenchQuery::line).toList()))
        .isEqualTo(queries);
    assertThatThrownBy(() -> BenchQuery.parse(List.of("no tab")))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("no tab");
  }

  @Test
  void messagesWithoutWords_areRejected() {
    assertThatThrownBy(() -> new QueryPicker(List.of("1 2 3")).pick())
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("too few words");
  }
}
