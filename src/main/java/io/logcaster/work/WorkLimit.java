package io.logcaster.work;

import java.util.function.BooleanSupplier;

/**
 * What limits the work that a thread does for somebody, such as the memory and the time of a query.
 * Code that grows arrays or loops for long asks it, without knowing for whom it works; where nobody
 * set a limit, there is none.
 */
public interface WorkLimit {

  /** The limit of what this thread does at the moment. */
  ScopedValue<WorkLimit> CURRENT = ScopedValue.newInstance();

  /** Arrays below this are not counted: they are many, short-lived and small together. */
  int SMALL = 64 << 10;

  /** Counts memory that is about to be taken; throws where it is too much. */
  void grow(long bytes);

  /** Counts memory that is held until the whole work is done. */
  void hold(long bytes);

  /** Throws where the work has to end. */
  void check();

  /** A limit for a part of the work; what the part took is given back when it is closed. */
  WorkLimit part();

  /** Gives back what arrays took that are gone, or counted otherwise, by now. */
  void close();

  /** Does a part of the work, whose arrays are gone when it is done. */
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

  /** Tells that an array is about to take so many bytes more. */
  static void growing(long bytes) {
    if (bytes >= SMALL && CURRENT.isBound()) {
      CURRENT.get().grow(bytes);
    }
  }

  /** Tells that memory is held until the whole work is done. */
  static void holding(long bytes) {
    if (bytes != 0 && CURRENT.isBound()) {
      CURRENT.get().hold(bytes);
    }
  }

  /** Ends the work where it has to end; to be called every millisecond or so. */
  static void checkNow() {
    if (CURRENT.isBound()) {
      CURRENT.get().check();
    }
  }
}
