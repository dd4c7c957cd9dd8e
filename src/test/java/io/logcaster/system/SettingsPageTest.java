package io.logcaster.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.RunningServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ConfigurableApplicationContext;

@RunningServer
class SettingsPageTest {

  /** {@code | `name` | default | meaning |} */
  private static final Pattern ROW =
      Pattern.compile("^\\| `(logcaster\\.[^`]+)` \\| (.+?) \\| .+ \\|$", Pattern.MULTILINE);

  private final KnownSettings known;

  SettingsPageTest(@Autowired ConfigurableApplicationContext context) {
    known = SettingsCheck.known(context.getBeanFactory());
  }

  @Test
  void settingsTable_namesAllSettingsAndNoOthers() throws IOException {
    assertThat(table().keySet()).containsExactlyInAnyOrderElementsOf(documented(known.names()));
  }

  @Test
  void settingsTable_givesTheDefaultsOfTheRecords() throws IOException {
    Map<String, String> table = table();
    Map<String, String> defaults = new TreeMap<>(known.defaults());

    assertThat(defaults).isNotEmpty();
    defaults.forEach(
        (name, value) -> assertThat(table.get(name)).as(name).isEqualTo("`" + value + "`"));
  }

  /** A list of simple values is documented by its name, not by its elements. */
  private static List<String> documented(List<String> names) {
    return names.stream().filter((name) -> !name.endsWith("[]")).sorted().toList();
  }

  private static Map<String, String> table() throws IOException {
    Map<String, String> rows = new TreeMap<>();
    Matcher row = ROW.matcher(Files.readString(Path.of("src/docs/settings.md")));
    while (row.find()) {
      rows.put(row.group(1), row.group(2));
    }
    return rows;
  }
}
