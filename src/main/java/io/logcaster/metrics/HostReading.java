package io.logcaster.metrics;

/**
 * The machine's load, in percent of its capacity.
 *
 * @param cpu all processors
 * @param memory memory that is not available to programs
 * @param disk the share of time the busiest disk was busy
 */
record HostReading(double cpu, double memory, double disk) {

  HostReading {
    cpu = round(cpu);
    memory = round(memory);
    disk = round(disk);
  }

  /** Rounds to tenths of a percent; values above 100 are measurement errors. */
  private static double round(double percent) {
    return Double.isFinite(percent) ? Math.clamp(Math.round(percent * 10) / 10.0, 0, 100) : 0;
  }
}
