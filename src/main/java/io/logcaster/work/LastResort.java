package io.logcaster.work;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Ends the process where its memory is exhausted, as {@code -XX:+ExitOnOutOfMemoryError} does,
 * which not everybody sets. A server that goes on after that has lost threads and locks that nobody
 * knows of.
 */
public final class LastResort {

  /** What the flag of the virtual machine gives, so that supervisors need to know but one. */
  private static final int STATUS = 3;

  /** Made early, because there is no memory for it later. */
  private static final byte[] LINE =
      ("LogCaster ends because its memory is exhausted (OutOfMemoryError). What was acknowledged is"
              + " on disk. Start it again, with a larger heap (-Xmx) if this happens often.\n")
          .getBytes(StandardCharsets.US_ASCII);

  private LastResort() {}

  /** Watches all threads that nobody else watches. */
  public static void install() {
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) -> {
          endIfFatal(failure);
          System.err.println("Thread " + thread.getName() + " ended");
          failure.printStackTrace();
        });
  }

  /** Ends the process if a failure, or what caused it, is that memory is exhausted. */
  public static void endIfFatal(Throwable failure) {
    if (isFatal(failure)) {
      try (FileOutputStream err = new FileOutputStream(FileDescriptor.err)) {
        err.write(LINE);
      } catch (IOException ex) {
        // There is nobody to tell.
      }
      Runtime.getRuntime().halt(STATUS);
    }
  }

  /** Whether a process should not go on after a failure. */
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
