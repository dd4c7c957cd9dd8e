package io.logcaster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LauncherTest {

  /** Class files of Java 8; see the Java Virtual Machine Specification, 4.1. */
  private static final int JAVA_8 = 52;

  @ParameterizedTest
  @CsvSource({"1.8,true", "9,true", "17,true", "24,true", "25,false", "26,false", "unknown,false"})
  void olderJava_isToldApart(String version, boolean tooOld) {
    assertThat(Launcher.isTooOld(version)).isEqualTo(tooOld);
  }

  @Test
  void launcher_canBeLoadedByJava8() throws IOException {
    try (InputStream file = Launcher.class.getResourceAsStream("Launcher.class");
        DataInputStream data = new DataInputStream(file)) {
      data.skipNBytes(6);
      assertThat(data.readUnsignedShort()).isEqualTo(JAVA_8);
    }
  }
}
