package io.logcaster.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code logcaster size}: says what a divided system needs. */
@Command(
    name = "size",
    description = {
      "Estimates the nodes, partitions, disks and dollars of a system with divided roles, from"
          + " measured costs of a record.",
      "Measure your own records with bench, and give what differs."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class SizeCommand implements Callable<Integer> {

  @Option(
      names = {"-r", "--rate"},
      required = true,
      description = "Records per second in the busiest hour.")
  private double rate;

  @Option(
      names = "--record-bytes",
      defaultValue = "200",
      description = "Mean size of a record as text. Default: ${DEFAULT-VALUE}")
  private double recordBytes;

  @Option(
      names = "--days",
      defaultValue = "30",
      description = "How long records are kept. Default: ${DEFAULT-VALUE}")
  private double days;

  @Option(
      names = "--copies",
      defaultValue = "3",
      description = "Copies of each message on the brokers. Default: ${DEFAULT-VALUE}")
  private int copies;

  @Option(
      names = "--kafka-hours",
      defaultValue = "6",
      description =
          "How long the brokers keep messages, which is how long nodes may be away. Default:"
              + " ${DEFAULT-VALUE}")
  private double kafkaHours;

  @Option(
      names = "--cores",
      defaultValue = "8",
      description = "Processors of a node. Default: ${DEFAULT-VALUE}")
  private int cores;

  @Option(
      names = "--disk-tb",
      defaultValue = "16",
      description = "The largest disk of a node, in TB. Default: ${DEFAULT-VALUE}")
  private double diskTerabytes;

  @Option(
      names = "--ingest-micros",
      description = "Processor time of the receiving node per record, in microseconds.")
  private double ingestMicros = Sizing.Costs.MEASURED.ingestMicros();

  @Option(names = "--store-micros", description = "That of the storing node, with its queries.")
  private double storeMicros = Sizing.Costs.MEASURED.storeMicros();

  @Option(
      names = "--disk-share",
      description = "Size of a record on disk, as a share of its size as text.")
  private double diskShare = Sizing.Costs.MEASURED.diskShare();

  @Option(
      names = "--node-price",
      defaultValue = "0.40",
      description = "Dollars for a node and an hour. Default: ${DEFAULT-VALUE}")
  private double nodePrice;

  @Option(
      names = "--disk-price",
      defaultValue = "0.08",
      description = "Dollars for a GB of disk and a month. Default: ${DEFAULT-VALUE}")
  private double diskPrice;

  @Option(
      names = "--traffic-price",
      defaultValue = "0.02",
      description = "Dollars for a GB between zones. Default: ${DEFAULT-VALUE}")
  private double trafficPrice;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() {
    for (double positive :
        new double[] {
          rate,
          recordBytes,
          days,
          copies,
          kafkaHours,
          cores,
          diskTerabytes,
          ingestMicros,
          storeMicros,
          diskShare
        }) {
      if (!(positive > 0) || Double.isInfinite(positive)) {
        throw new ParameterException(
            spec.commandLine(), "Rates, sizes, times and numbers must be more than 0");
      }
    }
    Sizing.Costs measured = Sizing.Costs.MEASURED;
    Sizing size =
        Sizing.of(
            new Sizing.Load(rate, recordBytes, days, copies, kafkaHours),
            new Sizing.Costs(
                ingestMicros,
                measured.brokerMicros(),
                storeMicros,
                measured.kafkaShare(),
                diskShare),
            new Sizing.Machine(
                cores,
                Sizing.Machine.USUAL.networkBytes(),
                diskTerabytes * 1e12,
                nodePrice,
                diskPrice,
                trafficPrice));
    PrintWriter out = spec.commandLine().getOut();
    line(out, "Receiving nodes", "%,d", size.ingestNodes());
    line(out, "Brokers", "%,d", size.brokers());
    line(out, "Partitions", "%,d", size.partitions());
    line(out, "Storing nodes", "%,d", size.storeNodes());
    line(out, "Network from senders", "%,.2f GB/s", size.senderBytes() / 1e9);
    line(out, "Network of brokers", "%,.2f GB/s", size.brokerBytes() / 1e9);
    line(out, "Disk of brokers", "%,.1f TB", size.kafkaDisk() / 1e12);
    line(out, "Disk of storing nodes", "%,.1f TB", size.storeDisk() / 1e12);
    line(out, "Dollars a month", "%,.0f", size.dollars());
    line(out, "First limit", "%s", String.join("; ", size.limits()));
    out.flush();
    return 0;
  }

  private static void line(PrintWriter out, String name, String format, Object value) {
    out.printf(Locale.ROOT, "%-22s " + format + "%n", name, value);
  }
}
