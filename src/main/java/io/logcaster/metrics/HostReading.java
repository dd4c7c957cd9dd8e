package io.logcaster.metrics;

/**
 * How busy the machine is, each in percent of what it has.
 *
 * @param cpu all processors
 * @param memory what is not available to programs
 * @param disk the share of time the busiest disk was busy
 */
record HostReading(double cpu, double memory, double disk) {

  HostReading {
    cpu = round(cpu);
    memory = round(memory);
    disk = round(disk);
  }

  /** Tenths of a percent are more than enough; beyond 100 there are only errors of measurement. */
  private static double round(double percent) {
    return Double.isFinite(percent) ? Math.clamp(Math.round(percent * 10) / 10.0, 0, 100) : 0;
  }
}
