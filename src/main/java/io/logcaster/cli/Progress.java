package io.logcaster.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * Shows how far an import is: a bar that is drawn again and again on a terminal, else a line now
 * and then. A thread of its own calls {@link #show()}.
 */
final class Progress {

  private static final int BAR = 30;

  /**
   * How often a terminal's line is redrawn and how often other output gets a line, in milliseconds.
   */
  private static final long DRAW_MILLIS = 200;

  private static final long LINE_MILLIS = 5_000;

  private final PrintWriter out;
  private final boolean terminal;
  private final long total;
  private final LongSupplier records;
  private final LongAdder done = new LongAdder();
  private final long start = System.nanoTime();
  private volatile String phase;

  /**
   * @param total bytes to process; 0 if unknown
   */
  Progress(PrintWriter out, boolean terminal, String phase, long total, LongSupplier records) {
    this.out = out;
    this.terminal = terminal;
    this.phase = phase;
    this.total = total;
    this.records = records;
  }

  void add(long bytes) {
    done.add(bytes);
  }

  /** How long to wait between two calls of {@link #show()}, in milliseconds. */
  long interval() {
    return terminal ? DRAW_MILLIS : LINE_MILLIS;
  }

  void show() {
    String line = line();
    synchronized (out) {
      if (terminal) {
        out.print("\r" + line + "\u001B[K");
      } else {
        out.println(line);
      }
      out.flush();
    }
  }

  /** Shows the final state. */
  void finish() {
    show();
    if (terminal) {
      synchronized (out) {
        out.println();
        out.flush();
      }
    }
  }

  /** Prints a message between two drawings. */
  void note(String message) {
    synchronized (out) {
      out.println((terminal ? "\r\u001B[K" : "") + message);
      out.flush();
    }
  }

  String line() {
    double seconds = Math.max(1e-3, (System.nanoTime() - start) / 1e9);
    long bytes = done.sum();
    StringBuilder line = new StringBuilder(phase).append(' ');
    if (total > 0) {
      double share = Math.min(1, (double) bytes / total);
      if (terminal) {
        int full = (int) (share * BAR);
        line.append('[').append("#".repeat(full)).append(".".repeat(BAR - full)).append("] ");
      }
      line.append(String.format(Locale.ROOT, "%3.0f %% ", Math.floor(share * 100)));
    }
    line.append(
        String.format(Locale.ROOT, "%s, %s/s", size((double) bytes), size(bytes / seconds)));
    long stored = records.getAsLong();
    if (stored > 0) {
      line.append(
          String.format(Locale.ROOT, ", %,d records stored, %,.0f/s", stored, stored / seconds));
    }
    if (total > bytes && bytes > 0) {
      line.append(", ").append(duration((total - bytes) / (bytes / seconds))).append(" left");
    }
    return line.toString();
  }

  static String size(double bytes) {
    if (bytes < 1e3) {
      return String.format(Locale.ROOT, "%.0f B", bytes);
    }
    if (bytes < 1e6) {
      return String.format(Locale.ROOT, "%.1f kB", bytes / 1e3);
    }
    return (bytes < 1e9)
        ? String.format(Locale.ROOT, "%.1f MB", bytes / 1e6)
        : String.format(Locale.ROOT, "%.2f GB", bytes / 1e9);
  }

  private static String duration(double seconds) {
    long whole = (long) Math.ceil(seconds);
    if (whole < 60) {
      return whole + " s";
    }
    return (whole < 3_600)
        ? (whole / 60) + " min " + (whole % 60) + " s"
        : (whole / 3_600) + " h " + (whole % 3_600 / 60) + " min";
  }
}
