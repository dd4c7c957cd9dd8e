package io.logcaster.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * How many nodes, partitions and disks a divided system needs. The costs of a record are measured
 * (see {@code src/docs/scale.md}); everything else follows from them.
 *
 * @param ingestNodes nodes with the role ingest
 * @param storeNodes nodes with the roles store and query
 * @param brokers brokers of Kafka
 * @param partitions of the topic between the roles
 * @param senderBytes network from the senders, in bytes a second
 * @param brokerBytes network of all brokers, in and out, in bytes a second
 * @param kafkaDisk of all brokers, with all copies, in bytes
 * @param storeDisk of all storing nodes, in bytes
 * @param dollars what it costs in a month
 * @param limits what comes first when it grows further
 */
record Sizing(
    long ingestNodes,
    long storeNodes,
    long brokers,
    long partitions,
    double senderBytes,
    double brokerBytes,
    double kafkaDisk,
    double storeDisk,
    double dollars,
    List<String> limits) {

  private static final double MICRO = 1e-6;
  private static final double HOUR = 3_600;
  private static final double DAY = 24 * HOUR;
  private static final double GB = 1e9;
  private static final double HOURS_A_MONTH = 730;

  /** Peaks are higher than the mean, and a node that is away leaves its work to the others. */
  private static final double UTILISATION = 0.5;

  /** Enough that partitions are spread evenly, however many nodes there are at the moment. */
  private static final long PARTITIONS_PER_STORE = 4;

  private static final long LEAST_PARTITIONS = 12;

  /** What a reader fetches and stores of one partition without falling behind others. */
  private static final double PARTITION_BYTES = 5e6;

  /** Above this, a change of leaders takes long; brokers advise about so many. */
  private static final long MANY_PARTITIONS_PER_BROKER = 4_000;

  /** Each query asks every storing node, and waits for the slowest. */
  private static final long MANY_STORES = 60;

  /**
   * What one record costs.
   *
   * @param ingestMicros processor time of the receiving node, in microseconds
   * @param brokerMicros that of the brokers, for one copy
   * @param storeMicros that of the storing node, merges and a fifth for queries included
   * @param kafkaShare its size in a message, as a share of its text
   * @param diskShare its size in a segment, likewise
   */
  record Costs(
      double ingestMicros,
      double brokerMicros,
      double storeMicros,
      double kafkaShare,
      double diskShare) {

    /** As measured; see {@code src/docs/scale.md}. */
    static final Costs MEASURED = new Costs(1.0, 0.6, 1.8, 0.27, 0.10);
  }

  /**
   * The load.
   *
   * @param rate records a second, the mean of the busiest hour
   * @param recordBytes their mean size as text
   * @param days how long they are kept
   * @param copies of each message on the brokers
   * @param kafkaHours how long the brokers keep messages
   */
  record Load(double rate, double recordBytes, double days, int copies, double kafkaHours) {}

  /**
   * What a node is, and what things cost.
   *
   * @param cores of a node
   * @param networkBytes of a node, in bytes a second and direction
   * @param diskBytes the most that a node may have
   * @param nodeDollars a node, an hour
   * @param diskDollars a GB, a month
   * @param trafficDollars a GB between zones, both directions together; two of three go there
   */
  record Machine(
      int cores,
      double networkBytes,
      double diskBytes,
      double nodeDollars,
      double diskDollars,
      double trafficDollars) {

    /** A usual node of a cloud: 8 cores, 10 Gbit/s, at most 16 TB. */
    static final Machine USUAL = new Machine(8, 1.25e9, 16e12, 0.40, 0.08, 0.02);
  }

  static Sizing of(Load load, Costs costs, Machine machine) {
    double text = load.rate() * load.recordBytes();
    double kafka = text * costs.kafkaShare();
    double brokerBytes = kafka * 2 * load.copies(); // in, out to the other copies, out to a store
    double kafkaDisk = kafka * load.copies() * load.kafkaHours() * HOUR;
    double storeDisk = text * costs.diskShare() * DAY * load.days();
    double core = machine.cores() * UTILISATION;
    double network = machine.networkBytes() * UTILISATION;
    double disk = machine.diskBytes() * 0.8;

    long ingest =
        most(2, load.rate() * costs.ingestMicros() * MICRO / core, (text + kafka) / network);
    long store =
        most(
            2, load.rate() * costs.storeMicros() * MICRO / core, kafka / network, storeDisk / disk);
    long brokers =
        most(
            load.copies(),
            load.rate() * costs.brokerMicros() * MICRO * load.copies() / core,
            brokerBytes / 2 / network,
            kafkaDisk / disk);
    long partitions =
        most(LEAST_PARTITIONS, 1.0 * store * PARTITIONS_PER_STORE, kafka / PARTITION_BYTES);
    double traffic = kafka * load.copies() * 2 / 3 / GB * HOUR * HOURS_A_MONTH;
    double dollars =
        (ingest + store + brokers) * machine.nodeDollars() * HOURS_A_MONTH
            + (kafkaDisk + storeDisk) / 0.8 / GB * machine.diskDollars()
            + traffic * machine.trafficDollars();

    List<String> limits = new ArrayList<>();
    if (storeDisk / disk > load.rate() * costs.storeMicros() * MICRO / core) {
      limits.add("disks of storing nodes");
    } else {
      limits.add("processors of storing nodes");
    }
    if (store > MANY_STORES) {
      limits.add("queries, which ask %,d nodes".formatted(store));
    }
    if (partitions * load.copies() / brokers > MANY_PARTITIONS_PER_BROKER) {
      limits.add("partitions per broker");
    }
    return new Sizing(
        ingest,
        store,
        brokers,
        partitions,
        text,
        brokerBytes,
        kafkaDisk,
        storeDisk,
        dollars,
        limits);
  }

  private static long most(double least, double... needs) {
    double most = least;
    for (double need : needs) {
      most = Math.max(most, need);
    }
    return (long) Math.ceil(most);
  }
}
