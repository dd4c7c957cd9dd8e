package io.logcaster;

import java.lang.reflect.InvocationTargetException;

/**
 * The main class of the jar. It is compiled for Java 8, so that an older Java prints one clear line
 * instead of failing with an {@code UnsupportedClassVersionError}.
 */
public final class Launcher {

  /** The version that all other classes are compiled for. */
  private static final int REQUIRED = 25;

  private Launcher() {}

  public static void main(String[] args) throws Throwable {
    String version = System.getProperty("java.specification.version", "");
    if (isTooOld(version)) {
      System.err.println(
          "LogCaster needs Java "
              + REQUIRED
              + " or later; this is Java "
              + version
              + " in "
              + System.getProperty("java.home")
              + ". Install a JDK "
              + REQUIRED
              + " and start it with that one's java, or with bin/logcaster, which finds it.");
      System.exit(1);
    }
    useProcessedBeans();
    try {
      Class.forName("io.logcaster.LogCasterApplication")
          .getMethod("main", String[].class)
          .invoke(null, (Object) args);
    } catch (InvocationTargetException ex) {
      throw ex.getCause();
    }
  }

  /** Makes Spring use the beans that were processed at build time, if they were. */
  static void useProcessedBeans() {
    if (Launcher.class.getResource("LogCasterApplication__ApplicationContextInitializer.class")
        != null) {
      System.setProperty("spring.aot.enabled", "true");
    }
  }

  /** {@code version} is as in {@code 1.8}, {@code 17} or {@code 25}. */
  static boolean isTooOld(String version) {
    try {
      return Double.parseDouble(version) < REQUIRED;
    } catch (NumberFormatException ex) {
      return false;
    }
  }
}
