package io.logcaster.transform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TraceLinesTest {

  private static List<String> join(String text) {
    TraceLines rule = new TraceLines();
    List<String> records = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      byte[] bytes = ("> " + line).getBytes(StandardCharsets.UTF_8);
      if (!records.isEmpty() && rule.take(bytes, 2, bytes.length)) {
        records.add(records.removeLast() + "\n" + line);
      } else {
        rule.begin(bytes, 2, bytes.length);
        records.add(line);
      }
    }
    return records;
  }

  /** All but those whose first line only the language tells. */
  static Stream<List<String>> traces() {
    return JoinStepTest.traces().filter((trace) -> !trace.getFirst().equals("node"));
  }

  @ParameterizedTest
  @MethodSource("traces")
  void linesOfATrace_areTaken_inAnyLanguage(List<String> trace) {
    String text = trace.get(1);
    assertThat(join(text.replace("\n---\n", "\n"))).containsExactly(text.split("\n---\n", -1));
  }

  @Test
  void uncaughtErrorOfNode_isOneRecord() {
    String error =
        "/app/a.js:3\n    throw new Error(\"x\");\n    ^\n\nError: x\n    at f (/app/a.js:1:2)\n\n"
            + "Node.js v22.1.0";
    assertThat(join("listening\n" + error + "\nlistening"))
        .containsExactly("listening", error, "listening");
  }

  @Test
  void ordinaryLines_stayApart() {
    String text =
        """
        INFO:root:started
        Error: no route
        error
        done

        at once
        }
        goroutine pool: 4 workers
        WARNING: Exception
        {"level":"info"}\
        """;
    assertThat(join(text)).containsExactly(text.split("\n", -1));
  }
}
