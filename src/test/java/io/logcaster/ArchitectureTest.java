package io.logcaster;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.slf4j.Logger;

/** Holds the house in its shape: which room may know which. */
@Execution(ExecutionMode.CONCURRENT)
class ArchitectureTest {

  private static final String ROOT = "io.logcaster";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  /**
   * Packages inside a feature that other features may use. Every other package below a feature is
   * internal to it: only the feature itself sees it, and the class that wires it, whose name ends
   * in {@code Configuration}.
   */
  private static final Set<String> PUBLISHED =
      Set.of(
          "cluster.consumer",
          "notice.secret",
          "query.ast",
          "query.lang",
          "query.value",
          "storage.config",
          "storage.wal",
          "transform.redact");

  /** Rooms that know each other in one direction: each only those before it. */
  private static final List<List<String>> LAYERS =
      List.of(
          List.of(
              "query.exec.text",
              "query.exec.budget",
              "query.exec.frame",
              "query.exec.filter",
              "query.exec.stats",
              "query.exec.pipe",
              "query.exec.compare",
              "query.exec"),
          List.of(
              "storage.segment.bytes",
              "storage.segment.column",
              "storage.segment.file",
              "storage.segment"),
          List.of(
              "alert",
              "alert.query",
              "alert.condition",
              "alert.live",
              "alert.state",
              "alert.trial",
              "alert.rule"));

  @Test
  void packagesFormNoCycles() {
    slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void record_dependsOnNothing() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".record")
        .should()
        .dependOnClassesThat(
            resideInAPackage(ROOT + "..").and(resideInAPackage(ROOT + ".record").negate()))
        .check(CLASSES);
  }

  /** It is published as a jar of its own. */
  @Test
  void interfaceOfPlugins_dependsOnTheJdkAlone() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".plugin")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("java..", ROOT + ".plugin", "org.jspecify..").negate())
        .check(CLASSES);
  }

  @Test
  void engines_areFreeOfSpring() {
    noClasses()
        .that()
        .resideInAnyPackage(
            ROOT + ".record..",
            ROOT + ".storage..",
            ROOT + ".query.lang..",
            ROOT + ".query.ast..",
            ROOT + ".query.exec..")
        .and()
        .resideOutsideOfPackage(ROOT + ".storage.config")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.springframework..")
        .check(CLASSES);
  }

  @Test
  void internalsOfAFeature_areUnknownToOthers() {
    Set<String> internals = internals();

    assertThat(internals).contains("storage.segment.file", "query.exec.pipe", "ingest.tcp");
    for (String internal : internals) {
      String feature = internal.substring(0, internal.indexOf('.'));
      noClasses()
          .that(
              resideInAPackage(ROOT + "." + feature + "..")
                  .or(JavaClass.Predicates.simpleNameEndingWith("Configuration"))
                  .negate())
          .should()
          .dependOnClassesThat(resideInAnyPackage(ROOT + "." + internal))
          .check(CLASSES);
    }
  }

  @Test
  void publishedPackages_areUsedByOtherFeatures() {
    Set<String> used =
        CLASSES.stream()
            .flatMap((type) -> type.getDirectDependenciesFromSelf().stream())
            .filter(
                (use) ->
                    !feature(use.getOriginClass()).equals(feature(use.getTargetClass()))
                        && !use.getOriginClass().getSimpleName().endsWith("Configuration"))
            .map((use) -> name(use.getTargetClass()))
            .collect(Collectors.toSet());

    assertThat(used).containsAll(PUBLISHED);
  }

  @Test
  void layers_nameEveryRoomInTheirPackage_andKnowOnlyThoseBefore() {
    for (List<String> layers : LAYERS) {
      String top = layers.stream().min(Comparator.comparingInt(String::length)).orElseThrow();
      assertThat(layers)
          .containsExactlyInAnyOrderElementsOf(
              packages().stream()
                  .filter((name) -> name.equals(top) || name.startsWith(top + "."))
                  .toList());
      for (int i = 0; i + 1 < layers.size(); i++) {
        String[] above =
            layers.subList(i + 1, layers.size()).stream()
                .map((name) -> ROOT + "." + name)
                .toArray(String[]::new);
        noClasses()
            .that()
            .resideInAPackage(ROOT + "." + layers.get(i))
            .should()
            .dependOnClassesThat(resideInAnyPackage(above))
            .check(CLASSES);
      }
    }
  }

  private static Set<String> internals() {
    return packages().stream()
        .filter((name) -> name.contains(".") && !PUBLISHED.contains(name))
        .collect(Collectors.toSet());
  }

  /** All packages with classes in them, below the root. */
  private static Set<String> packages() {
    return CLASSES.stream()
        .map(ArchitectureTest::name)
        .filter((name) -> !name.isEmpty())
        .collect(Collectors.toSet());
  }

  /** The package of a class, below the root; empty for the root and for foreign classes. */
  private static String name(JavaClass type) {
    String name = type.getPackageName();
    return name.startsWith(ROOT + ".") ? name.substring(ROOT.length() + 1) : "";
  }

  private static String feature(JavaClass type) {
    return name(type).replaceFirst("\\..*", "");
  }

  @Test
  void time_comesFromAnInjectedClock() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT)
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(LocalDate.class, "now")
        .orShould()
        .callMethod(LocalDateTime.class, "now")
        .orShould()
        .callMethod(OffsetDateTime.class, "now")
        .orShould()
        .callMethod(ZonedDateTime.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .orShould()
        .callMethod(Clock.class, "systemDefaultZone")
        .check(CLASSES);
  }

  /** The runners of tests would find them, and readers would look for them among the tests. */
  @Test
  void productionClasses_areNotNamedLikeTests() {
    noClasses()
        .should()
        .haveSimpleNameEndingWith("Test")
        .orShould()
        .haveSimpleNameEndingWith("IT")
        .check(CLASSES);
  }

  @Test
  void loggers_areNamedLogAndBelongToTheirClass() {
    fields()
        .that()
        .haveRawType(Logger.class)
        .should()
        .haveName("LOG")
        .andShould()
        .bePrivate()
        .andShould()
        .beStatic()
        .andShould()
        .beFinal()
        .check(CLASSES);
  }

  @Test
  void everyPackage_isNullMarkedAndSaysWhatItIsFor() {
    classes().should(resideInANullMarkedPackage()).check(CLASSES);
    assertThat(CLASSES.getPackage(ROOT).isAnnotatedWith(NullMarked.class)).isTrue();
  }

  private static ArchCondition<JavaClass> resideInANullMarkedPackage() {
    return new ArchCondition<>("reside in a package whose package-info.java is @NullMarked") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
          events.add(
              SimpleConditionEvent.violated(
                  type, type.getPackageName() + " has no package-info.java with @NullMarked"));
        }
      }
    };
  }
}
