package io.logcaster;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
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
import java.util.Set;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Holds the house in its shape: which room may know which. */
class ArchitectureTest {

  private static final String ROOT = "io.logcaster";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  /**
   * Engines behind a feature's seam. Only their own feature sees them, and the one class that wires
   * them, which ends in {@code Configuration}.
   */
  private static final Set<String> INTERNALS =
      Set.of(
          "storage.segment",
          "storage.wal",
          "storage.jdbc",
          "storage.opensearch",
          "query.exec",
          "ingest.tcp",
          "ingest.text",
          "ingest.raw",
          "ingest.syslog",
          "ingest.json",
          "ingest.gelf",
          "ingest.framed",
          "ingest.forward",
          "ingest.udp",
          "ingest.http",
          "ingest.kafka",
          "sink.file",
          "sink.http",
          "sink.syslog",
          "sink.jdbc",
          "sink.kafka");

  @Test
  void packagesFormNoCycles() {
    slices()
        .matching(ROOT + ".(**)")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
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
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void internalsOfAFeature_areUnknownToOthers() {
    for (String internal : INTERNALS) {
      String feature = internal.substring(0, internal.indexOf('.'));
      noClasses()
          .that(
              resideInAPackage(ROOT + "." + feature + "..")
                  .or(JavaClass.Predicates.simpleNameEndingWith("Configuration"))
                  .negate())
          .should()
          .dependOnClassesThat(resideInAnyPackage(ROOT + "." + internal + ".."))
          .allowEmptyShould(true)
          .check(CLASSES);
    }
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
        .allowEmptyShould(true)
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
