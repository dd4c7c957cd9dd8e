package io.logcaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class SizingTest {

  private static final double[] RATES = {1e6, 1e7, 1e8};

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    CommandLine commands = CommandLineMain.commands(Clock.systemUTC());
    commands.setOut(new PrintWriter(out));
    commands.setErr(new PrintWriter(err));
    return commands.execute(arguments);
  }

  private static Sizing of(double rate) {
    return Sizing.of(
        new Sizing.Load(rate, 200, 30, 3, 6), Sizing.Costs.MEASURED, Sizing.Machine.USUAL);
  }

  @Test
  void sizes_followFromTheCostsOfARecord() {
    Sizing size =
        Sizing.of(
            new Sizing.Load(1e6, 100, 10, 3, 10),
            new Sizing.Costs(4, 1, 8, 0.5, 0.1),
            new Sizing.Machine(2, 1e9, 100e12, 1, 0.1, 0.01));

    // One processor second a second is left of two.
    assertThat(size.ingestNodes()).isEqualTo(4);
    assertThat(size.storeNodes()).isEqualTo(8);
    assertThat(size.brokers()).isEqualTo(3);
    assertThat(size.partitions()).isEqualTo(32);
    assertThat(size.senderBytes()).isEqualTo(1e8);
    assertThat(size.brokerBytes()).isEqualTo(3e8);
    assertThat(size.kafkaDisk()).isCloseTo(5.4e12, Percentage.withPercentage(0.001));
    assertThat(size.storeDisk()).isCloseTo(8.64e12, Percentage.withPercentage(0.001));
    double disks = (5_400 + 8_640) / 0.8 * 0.1;
    double traffic = 0.1 * 3_600 * 730 * 0.01;
    assertThat(size.dollars())
        .isCloseTo(15 * 730 + disks + traffic, Percentage.withPercentage(0.001));
    assertThat(size.limits()).containsExactly("processors of storing nodes");
  }

  @Test
  void smallLoads_getNodesThatCanReplaceOneAnother() {
    Sizing size = of(10);

    assertThat(size.ingestNodes()).isEqualTo(2);
    assertThat(size.storeNodes()).isEqualTo(2);
    assertThat(size.brokers()).isEqualTo(3);
    assertThat(size.partitions()).isEqualTo(12);
  }

  @Test
  void tableOfTheDocument_isWhatTheCommandPrints() throws Exception {
    List<List<String>> columns = new ArrayList<>();
    for (double rate : RATES) {
      out.getBuffer().setLength(0);
      assertThat(run("size", "--rate", String.format(Locale.ROOT, "%.0f", rate))).isZero();
      columns.add(out.toString().lines().toList());
    }
    List<String> rows = new ArrayList<>();
    for (int line = 0; line < columns.getFirst().size(); line++) {
      StringBuilder row = new StringBuilder("|");
      row.append(' ').append(columns.getFirst().get(line).substring(0, 22).strip()).append(" |");
      for (List<String> column : columns) {
        row.append(' ').append(column.get(line).substring(22).strip()).append(" |");
      }
      rows.add(row.toString());
    }

    assertThat(Files.readAllLines(Path.of("src", "docs", "scale.md"))).containsAll(rows);
  }

  @Test
  void argumentsThatMakeNoSense_areRefused() {
    assertThat(run("size", "--rate", "0")).isEqualTo(2);
    assertThat(run("size", "--rate", "1", "--days", "-3")).isEqualTo(2);
    assertThat(err.toString()).contains("must be more than 0");
  }
}
