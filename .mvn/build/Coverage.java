import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Prints one line about the coverage that JaCoCo measured: {@code Coverage.java REPORT_DIRECTORY}. */
public final class Coverage {

  private Coverage() {}

  /**
   * @param args the directory with JaCoCo's report; without one nothing is printed, because no test
   *     ran
   */
  public static void main(String[] args) throws IOException {
    Path report = Path.of(args[0]);
    Path csv = report.resolve("jacoco.csv");
    if (!Files.exists(csv)) {
      return;
    }
    List<String> lines = Files.readAllLines(csv);
    List<String> names = List.of(lines.getFirst().split(","));
    System.out.printf(
        Locale.ROOT,
        "Coverage: %s of lines, %s of branches; %s%n",
        covered(lines, names, "LINE"),
        covered(lines, names, "BRANCH"),
        report.resolve("index.html"));
  }

  private static String covered(List<String> lines, List<String> names, String counter) {
    int missedColumn = names.indexOf(counter + "_MISSED");
    int coveredColumn = names.indexOf(counter + "_COVERED");
    long missed = 0;
    long covered = 0;
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",");
      missed += Long.parseLong(cells[missedColumn]);
      covered += Long.parseLong(cells[coveredColumn]);
    }
    return String.format(Locale.ROOT, "%.1f %%", 100.0 * covered / Math.max(1, missed + covered));
  }
}
