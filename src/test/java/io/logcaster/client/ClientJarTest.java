package io.logcaster.client;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The client's jar works in any program from Java 17 on, without another jar. */
class ClientJarTest {

  /** What javac 17 writes. */
  private static final int JAVA_17 = 61;

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.logcaster.client");

  @Test
  void classes_targetJava17() throws Exception {
    URI location = LogCasterClient.class.getResource("LogCasterClient.class").toURI();
    List<Path> files;
    try (Stream<Path> found = Files.walk(Path.of(location).getParent())) {
      files = found.filter((path) -> path.toString().endsWith(".class")).toList();
    }
    assertThat(files).hasSizeGreaterThan(10);
    for (Path file : files) {
      assertThat(majorVersion(file)).as(file.toString()).isEqualTo(JAVA_17);
    }
  }

  private static int majorVersion(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        DataInputStream data = new DataInputStream(in)) {
      data.skipNBytes(6);
      return data.readUnsignedShort();
    }
  }

  /** Annotations that are missing at run time are not noticed. */
  @Test
  void client_needsOnlyTheJdk() {
    classes()
        .that()
        .resideInAPackage("io.logcaster.client")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                "java..", "javax.net.ssl..", "io.logcaster.client", "org.jspecify.annotations"))
        .check(CLASSES);
  }

  @Test
  void appender_alsoNeedsLogback() {
    classes()
        .that()
        .resideInAPackage("io.logcaster.client.logback")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                "java..",
                "io.logcaster.client..",
                "ch.qos.logback..",
                "org.slf4j..",
                "org.jspecify.annotations"))
        .check(CLASSES);
  }
}
