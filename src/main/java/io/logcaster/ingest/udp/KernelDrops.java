package io.logcaster.ingest.udp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Counts the datagrams that the system dropped because a socket's buffer was full. Reads the last
 * column of {@code /proc/net/udp}, where Linux lists its sockets. On other systems the number is
 * unknown and reported as 0.
 */
final class KernelDrops {

  private final List<Path> tables;
  private final String portColumn;
  private long seen;

  /**
   * @param tables the files to read
   * @param port the socket's port
   */
  KernelDrops(List<Path> tables, int port) {
    this.tables = tables;
    this.portColumn = String.format(Locale.ROOT, ":%04X", port);
    this.seen = count();
  }

  static KernelDrops ofPort(int port) {
    return new KernelDrops(List.of(Path.of("/proc/net/udp"), Path.of("/proc/net/udp6")), port);
  }

  /** Returns the number of datagrams dropped since the previous call. */
  long takeNew() {
    long now = count();
    long fresh = Math.max(0, now - seen);
    seen = now;
    return fresh;
  }

  private long count() {
    long drops = 0;
    for (Path table : tables) {
      try {
        for (String line : Files.readAllLines(table, StandardCharsets.US_ASCII)) {
          String[] columns = line.strip().split("\\s+", -1);
          if (columns.length > 12 && columns[1].endsWith(portColumn)) {
            drops += Long.parseLong(columns[columns.length - 1]);
          }
        }
      } catch (IOException | NumberFormatException ex) {
        // Not Linux, or a kernel with another format: the number is unknown.
      }
    }
    return drops;
  }
}
