package io.logcaster.cli;

import io.logcaster.cli.LineSource.Format;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Lines of real log files, from which a load generator makes a stream of any length: each file's
 * lines are one program's messages, without the time at their head, and {@linkplain VariedLine
 * vary} from line to line.
 */
final class RealLines {

  /** What all files together may take of the generator's memory. */
  private static final long MAX_BYTES = 48L << 20;

  /** Longer messages are cut here. */
  private static final int MAX_MESSAGE = 8_000;

  /** A set of messages by one program. */
  record Program(String name, List<VariedLine> lines) {}

  private final List<Program> programs;

  private final int hosts;

  private final int maxMessage;

  private RealLines(List<Program> programs, int hosts, int maxMessage) {
    this.programs = programs;
    this.hosts = hosts;
    this.maxMessage = maxMessage;
  }

  /**
   * Reads files, plain or packed by gzip or zstd; of large ones, their first lines.
   *
   * @param names files, directories and patterns
   * @param streams how many pairs of host and program to spread the lines over, about
   * @throws CommandFailure if there is no line in them
   */
  static RealLines read(List<String> names, int streams, Format format) throws IOException {
    List<Path> files = new ArrayList<>();
    for (String name : names) {
      files.addAll(SourceFiles.files(name));
    }
    Map<String, List<VariedLine>> byProgram = new LinkedHashMap<>();
    long share = MAX_BYTES / files.size();
    int longest = 0;
    for (Path file : files) {
      List<VariedLine> lines = read(file, share, format);
      for (VariedLine line : lines) {
        longest = Math.max(longest, line.length());
      }
      byProgram.computeIfAbsent(program(file), (any) -> new ArrayList<>()).addAll(lines);
    }
    List<Program> programs = new ArrayList<>();
    byProgram.forEach(
        (name, lines) -> {
          if (!lines.isEmpty()) {
            programs.add(new Program(name, lines));
          }
        });
    if (programs.isEmpty()) {
      throw new CommandFailure(String.join(", ", names) + ": no lines there");
    }
    return new RealLines(programs, Math.max(1, streams / programs.size()), longest);
  }

  private static List<VariedLine> read(Path path, long share, Format format) throws IOException {
    List<VariedLine> lines = new ArrayList<>();
    try (LogFile file = LogFile.open(path);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(file.content(0), StandardCharsets.UTF_8))) {
      long used = 0;
      for (String line = reader.readLine();
          line != null && used < share;
          line = reader.readLine()) {
        String message = line.substring(LeadingTime.length(line)).strip();
        if (!message.isEmpty()) {
          VariedLine varied =
              VariedLine.of(message.substring(0, Math.min(MAX_MESSAGE, message.length())), format);
          lines.add(varied);
          used += 2L * varied.length() + 64;
        }
      }
    }
    return lines;
  }

  /** The program of a file: its name up to the first character that is no letter. */
  private static String program(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    int end = 0;
    while (end < name.length() && name.charAt(end) >= 'a' && name.charAt(end) <= 'z') {
      end++;
    }
    return (end == 0) ? "file" : name.substring(0, end);
  }

  int lineCount() {
    return programs.stream().mapToInt((program) -> program.lines().size()).sum();
  }

  /** How many pairs of host and program there are. */
  int streamCount() {
    return hosts * programs.size();
  }

  LineSource source(Format format, long seed, long startNanos, String mark) {
    return new RealLineSource(this, format, seed, startNanos, mark);
  }

  List<Program> programs() {
    return programs;
  }

  int hosts() {
    return hosts;
  }

  int maxMessage() {
    return maxMessage;
  }
}
