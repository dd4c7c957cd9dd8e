package io.logcaster.record;

import java.util.function.BooleanSupplier;

/**
 * A limit on the work that a thread does for a task, such as the memory and the time of a query.
 * Code that grows arrays or runs long loops calls the static methods without knowing the task; they
 * do nothing where no limit is set.
 */
public interface WorkLimit {

  /** The limit on this thread's current work. */
  ScopedValue<WorkLimit> CURRENT = ScopedValue.newInstance();

  /** Smaller arrays, in bytes, are not counted: they are many but short-lived. */
  int SMALL = 64 << 10;

  /** Counts bytes that are about to be allocated; throws if they are too many. */
  void grow(long bytes);

  /** Counts bytes that are held until the whole work is done. */
  void hold(long bytes);

  /** Throws if the work must end. */
  void check();

  /** A limit on a part of the work; closing it releases what the part allocated. */
  WorkLimit part();

  /** Releases the memory of arrays that are garbage or counted elsewhere by now. */
  void close();

  /** Runs a part of the work, whose arrays are released at its end. */
  static boolean inPart(BooleanSupplier work) {
    if (!CURRENT.isBound()) {
      return work.getAsBoolean();
    }
    WorkLimit part = CURRENT.get().part();
    try {
      return ScopedValue.where(CURRENT, part).call(work::getAsBoolean);
    } finally {
      part.close();
    }
  }

  /** Counts the bytes by which an array is about to grow. */
  static void growing(long bytes) {
    if (bytes >= SMALL && CURRENT.isBound()) {
      CURRENT.get().grow(bytes);
    }
  }

  /** Counts bytes that are held until the whole work is done. */
  static void holding(long bytes) {
    if (bytes != 0 && CURRENT.isBound()) {
      CURRENT.get().hold(bytes);
    }
  }

  /** Throws if the work must end; to be called about every millisecond. */
  static void checkNow() {
    if (CURRENT.isBound()) {
      CURRENT.get().check();
    }
  }
}
