package io.logcaster.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The files for containers name settings that exist, and run nothing as root. */
class DeployFilesTest {

  private static final Path KUBERNETES = Path.of("deploy/kubernetes");

  private static final Set<String> WORKLOADS = Set.of("Deployment", "StatefulSet");

  private static List<Map<String, Object>> documents(Path file) throws IOException {
    List<Map<String, Object>> documents = new ArrayList<>();
    for (Object document :
        new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(Files.readString(file))) {
      documents.add(map(document));
    }
    return documents;
  }

  private static List<Map<String, Object>> manifests() throws IOException {
    List<Map<String, Object>> all = new ArrayList<>();
    Map<String, Object> kustomization =
        documents(KUBERNETES.resolve("kustomization.yaml")).getFirst();
    for (Object file : list(kustomization, "resources")) {
      all.addAll(documents(KUBERNETES.resolve(String.valueOf(file))));
    }
    return all;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }

  private static Map<String, Object> map(Map<String, Object> parent, String... names) {
    Map<String, Object> found = parent;
    for (String name : names) {
      found = map(found.get(name));
    }
    return found;
  }

  private static List<?> list(Map<String, Object> parent, String name) {
    return (List<?>) parent.get(name);
  }

  private static String text(Map<String, Object> parent, String name) {
    return String.valueOf(parent.get(name));
  }

  /** The settings of the page, as environment variables. */
  private static Set<String> variables() throws IOException {
    return Pattern.compile("^\\| `([a-z0-9.\\[\\]-]+)`", Pattern.MULTILINE)
        .matcher(Files.readString(Path.of("src/docs/settings.md")))
        .results()
        .map((name) -> name.group(1).toUpperCase(Locale.ROOT))
        .map((name) -> name.replace("-", "").replace("[]", "_0").replace('.', '_'))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void variables_areSettings() throws IOException {
    List<String> named = new ArrayList<>();
    for (Path file : List.of(Path.of("compose.yaml"), KUBERNETES)) {
      try (Stream<Path> files = Files.walk(file)) {
        for (Path one : files.filter(Files::isRegularFile).toList()) {
          Pattern.compile("^\\s*(?:- name: )?(LOGCASTER_\\w+)(?::|$)", Pattern.MULTILINE)
              .matcher(Files.readString(one))
              .results()
              .forEach((name) -> named.add(name.group(1)));
        }
      }
    }
    assertThat(named).contains("LOGCASTER_ROLES", "LOGCASTER_STORAGE_OPENSEARCH_URLS");
    assertThat(variables()).containsAll(named);
  }

  @Test
  void everyWorkload_isProbedAndRunsWithoutRoot() throws IOException {
    List<Map<String, Object>> workloads =
        manifests().stream().filter((one) -> WORKLOADS.contains(text(one, "kind"))).toList();
    assertThat(workloads).hasSize(3);
    for (Map<String, Object> workload : workloads) {
      Map<String, Object> pod = map(workload, "spec", "template", "spec");
      assertThat(map(pod, "securityContext")).containsEntry("runAsNonRoot", true);
      assertThat(list(pod, "containers")).hasSize(1);
      Map<String, Object> container = map(list(pod, "containers").getFirst());
      assertThat(container).containsKeys("startupProbe", "livenessProbe", "readinessProbe");
      assertThat(map(container, "securityContext"))
          .containsEntry("readOnlyRootFilesystem", true)
          .containsEntry("allowPrivilegeEscalation", false);
      assertThat(map(container, "resources")).containsKeys("requests", "limits");
      assertThat(map(workload, "spec", "selector").get("matchLabels"))
          .isEqualTo(map(workload, "spec", "template", "metadata").get("labels"));
    }
  }

  @Test
  void everyWorkload_hasAServiceAndADisruptionBudgetOfItsPods() throws IOException {
    List<Map<String, Object>> all = manifests();
    for (Map<String, Object> workload : all) {
      if (!WORKLOADS.contains(text(workload, "kind"))) {
        continue;
      }
      String name = text(map(workload, "metadata"), "name");
      Object labels = map(workload, "spec", "selector").get("matchLabels");
      assertThat(map(of(all, "Service", name), "spec").get("selector")).isEqualTo(labels);
      assertThat(map(of(all, "PodDisruptionBudget", name), "spec", "selector").get("matchLabels"))
          .isEqualTo(labels);
    }
  }

  private static Map<String, Object> of(List<Map<String, Object>> all, String kind, String name) {
    return all.stream()
        .filter((one) -> text(one, "kind").equals(kind))
        .filter((one) -> text(map(one, "metadata"), "name").equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void compose_startsOneServerUnlessAsked() throws IOException {
    Map<String, Object> services = map(documents(Path.of("compose.yaml")).getFirst(), "services");
    List<String> always = new ArrayList<>();
    services.forEach(
        (name, service) -> {
          if (!map(service).containsKey("profiles")) {
            always.add(name);
          }
        });
    assertThat(always).containsExactly("logcaster");
    assertThat(services)
        .containsKeys("ingest", "store", "query", "kafka", "opensearch", "postgres", "s3");
  }
}
