package io.logcaster.dashboard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;
import tools.jackson.databind.json.JsonMapper;

/** The dashboards about LogCaster itself. They are read when somebody first asks for one. */
@Component
@Lazy
class BuiltInDashboards {

  private static final JsonMapper JSON = new JsonMapper();

  /** A file and an id for each, in this order. */
  static final List<String> NAMES = List.of("ingest", "queries", "storage", "alerts");

  private final SingletonSupplier<List<Dashboard>> all =
      SingletonSupplier.of(() -> NAMES.stream().map(BuiltInDashboards::read).toList());

  List<Dashboard> all() {
    return all.obtain();
  }

  Optional<Dashboard> find(String id) {
    return all().stream().filter((dashboard) -> id.equals(dashboard.id())).findFirst();
  }

  private static Dashboard read(String name) {
    try (InputStream file =
        new ClassPathResource("dashboards/" + name + ".json").getInputStream()) {
      Dashboard dashboard = JSON.readValue(file, Dashboard.class);
      return DashboardCheck.valid(dashboard).with("logcaster-" + name, 1, true);
    } catch (IOException ex) {
      throw new UncheckedIOException("The built-in dashboard " + name + " is missing", ex);
    }
  }
}
