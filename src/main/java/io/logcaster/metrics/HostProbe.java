package io.logcaster.metrics;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.GlobalMemory;
import oshi.hardware.HWDiskStore;
import oshi.hardware.HardwareAbstractionLayer;

/**
 * Measures the machine. Processors and disks are measured between two readings; the first interval
 * begins when the probe is created. Not thread-safe.
 */
final class HostProbe {

  private final CentralProcessor processor;
  private final GlobalMemory memory;
  private final List<HWDiskStore> disks;
  private final Map<String, DiskTime> before = new HashMap<>();
  private long[] ticks;

  /** A disk's busy time, and when it was read, in milliseconds. */
  private record DiskTime(long busy, long at) {}

  HostProbe() {
    HardwareAbstractionLayer hardware = new SystemInfo().getHardware();
    processor = hardware.getProcessor();
    memory = hardware.getMemory();
    disks = hardware.getDiskStores();
    ticks = processor.getSystemCpuLoadTicks();
    busiestDisk();
  }

  HostReading read() {
    long[] ticksNow = processor.getSystemCpuLoadTicks();
    double cpu = 100 * processor.getSystemCpuLoadBetweenTicks(ticks, ticksNow);
    ticks = ticksNow;
    long total = memory.getTotal();
    double used = total > 0 ? 100.0 * (total - memory.getAvailable()) / total : 0;
    return new HostReading(cpu, used, busiestDisk());
  }

  private double busiestDisk() {
    double busiest = 0;
    for (HWDiskStore disk : disks) {
      if (disk.updateAttributes()) {
        DiskTime now = new DiskTime(disk.getTransferTime(), disk.getTimeStamp());
        DiskTime last = before.put(disk.getName(), now);
        if (last != null && now.at() > last.at()) {
          busiest = Math.max(busiest, 100.0 * (now.busy() - last.busy()) / (now.at() - last.at()));
        }
      }
    }
    return busiest;
  }
}
