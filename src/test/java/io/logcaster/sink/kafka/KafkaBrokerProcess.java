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
 * <p>Arguments: a directory, the port, the port that clients are told, the port of the controller;
 * perhaps also a port for TLS and passwords, and a file with its private key and certificate.
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
    if (args.length > 4) {
      secure(properties, args[4], args[5]);
    }
    format(directory);
    new KafkaRaftServer(new KafkaConfig(properties), Time.SYSTEM).startup();
    System.out.println("READY");
    while (System.in.read() >= 0) {
      // Only the end of the input says something.
    }
    Runtime.getRuntime().halt(0);
  }

  /** The passwords of SCRAM are set by an administrator. */
  private static void secure(Properties properties, String port, String pem) {
    String listener = ",SASL_SSL://127.0.0.1:" + port;
    properties.merge("listeners", listener, (all, one) -> (String) all + one);
    properties.merge("advertised.listeners", listener, (all, one) -> (String) all + one);
    properties.merge(
        "listener.security.protocol.map", ",SASL_SSL:SASL_SSL", (all, one) -> (String) all + one);
    properties.put("inter.broker.listener.name", "PLAINTEXT");
    String prefix = "listener.name.sasl_ssl.";
    properties.put(prefix + "ssl.keystore.type", "PEM");
    properties.put(prefix + "ssl.keystore.location", pem);
    properties.put(prefix + "sasl.enabled.mechanisms", "PLAIN,SCRAM-SHA-512");
    String modules = "org.apache.kafka.common.security.";
    properties.put(
        prefix + "plain.sasl.jaas.config",
        modules
            + "plain.PlainLoginModule required user_%s=\"%s\";"
                .formatted(KafkaBroker.USER, KafkaBroker.PASSWORD.replace("\"", "\\\"")));
    properties.put(
        prefix + "scram-sha-512.sasl.jaas.config", modules + "scram.ScramLoginModule required;");
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
