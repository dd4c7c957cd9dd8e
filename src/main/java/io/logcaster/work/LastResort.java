package io.logcaster.work;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Ends the process when its memory is exhausted, as {@code -XX:+ExitOnOutOfMemoryError} does, which
 * not everyone sets. A server that continued would have lost an unknown set of threads and locks.
 */
public final class LastResort {

  /** The exit code of that JVM flag, so that supervisors need to know only one. */
  private static final int STATUS = 3;

  /** Allocated early, because there is no memory for it later. */
  private static final byte[] LINE =
      ("LogCaster stops because its memory is exhausted (OutOfMemoryError). Everything acknowledged"
              + " is on disk. Start it again, with a larger heap (-Xmx) if this happens often.\n")
          .getBytes(StandardCharsets.US_ASCII);

  private LastResort() {}

  /** Watches all threads without their own handler of uncaught exceptions. */
  public static void install() {
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) -> {
          endIfFatal(failure);
          System.err.println("Thread " + thread.getName() + " died");
          failure.printStackTrace();
        });
  }

  /** Ends the process if a failure or one of its causes is exhausted memory. */
  public static void endIfFatal(Throwable failure) {
    if (isFatal(failure)) {
      try (FileOutputStream err = new FileOutputStream(FileDescriptor.err)) {
        err.write(LINE);
      } catch (IOException ex) {
        // There is no other place to report it.
      }
      Runtime.getRuntime().halt(STATUS);
    }
  }

  /** Whether the process must end after a failure. */
  static boolean isFatal(Throwable failure) {
    int depth = 0;
    for (Throwable cause = failure; cause != null && depth < 10; cause = cause.getCause()) {
      if (cause instanceof OutOfMemoryError || cause instanceof InternalError) {
        return true;
      }
      depth++;
    }
    return false;
  }
}
