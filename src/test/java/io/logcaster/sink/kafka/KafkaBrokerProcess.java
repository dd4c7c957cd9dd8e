package io.logcaster.sink.kafka;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * The program of a broker that is its own controller. It prints {@code READY} and ends with its
 * standard input, so that it does not outlive its test.
 *
 * <p>Arguments: a directory, the port, the port that clients are told, the port of the controller.
 */
final class KafkaBrokerProcess {

  private KafkaBrokerProcess() {}

  public static void main(String[] args) throws Exception {
    Path directory = Path.of(args[0]);
    Properties properties = new Properties();
    properties.put("process.roles", "broker,controller");
    properties.put("node.id", "1");
    properties.put("controller.quorum.voters", "1@127.0.0.1:" + args[3]);
    properties.put(
        "listeners", "PLAINTEXT://127.0.0.1:" + args[1] + ",CONTROLLER://127.0.0.1:" + args[3]);
    properties.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + args[2]);
    properties.put("controller.listener.names", "CONTROLLER");
    properties.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    properties.put("log.dirs", directory.toString());
    properties.put("offsets.topic.replication.factor", "1");
    properties.put("offsets.topic.num.partitions", "2");
    properties.put("group.initial.rebalance.delay.ms", "0");
    properties.put("num.partitions", "3");
    properties.put("log.cleaner.enable", "false");
    // Records of tests are older than what a broker keeps.
    properties.put("log.retention.ms", "-1");
    properties.put("num.network.threads", "2");
    properties.put("num.io.threads", "2");
    format(directory);
    new KafkaRaftServer(new KafkaConfig(properties), Time.SYSTEM).startup();
    System.out.println("READY");
    while (System.in.read() >= 0) {
      // Only the end of the input says something.
    }
    Runtime.getRuntime().halt(0);
  }

  private static void format(Path directory) throws IOException {
    if (Files.exists(directory.resolve("meta.properties"))) {
      return;
    }
    Files.createDirectories(directory);
    try {
      new Formatter()
          .setPrintStream(System.err)
          .setClusterId(Uuid.randomUuid().toString())
          .setNodeId(1)
          .setDirectories(List.of(directory.toString()))
          .setMetadataLogDirectory(directory.toString())
          .setControllerListenerName("CONTROLLER")
          .setReleaseVersion(MetadataVersion.latestProduction())
          .run();
    } catch (Exception ex) {
      throw new IOException(ex);
    }
  }
}
