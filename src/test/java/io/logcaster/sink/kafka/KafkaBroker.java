package io.logcaster.sink.kafka;

import io.logcaster.security.Certificates;
import io.logcaster.sink.ProxiedPort;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * A broker in a process of its own, which can be killed and started again with its data. Clients
 * reach it by a port that can be cut.
 */
public final class KafkaBroker implements AutoCloseable {

  /** Who may read by way of {@link #secureAddress}. */
  public static final String USER = "reader";

  public static final String PASSWORD = "a \"quoted\" one";

  private final Path directory;
  private final int secure;
  private final int port = ProxiedPort.freePort();
  private final int controller = ProxiedPort.freePort();
  private final ProxiedPort proxy;
  private Process process;

  public KafkaBroker(Path directory) throws IOException {
    this(directory, false);
  }

  private KafkaBroker(Path directory, boolean secured) throws IOException {
    this.directory = directory;
    this.secure = secured ? ProxiedPort.freePort() : -1;
    this.proxy = new ProxiedPort(0, port);
    start();
  }

  /** One that also has a port for TLS and passwords. */
  static KafkaBroker secured(Path directory) throws IOException {
    try {
      Certificates own = new Certificates(directory.getParent(), "broker");
      Path certificate = own.certificate(directory.resolveSibling("broker-ca.pem"));
      Path key = own.key(directory.resolveSibling("broker.pem"));
      Files.writeString(key, Files.readString(certificate), StandardOpenOption.APPEND);
    } catch (GeneralSecurityException ex) {
      throw new IOException(ex);
    }
    return new KafkaBroker(directory, true);
  }

  /** Starts it, and waits until it is ready. */
  public void start() throws IOException {
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of(
            ProcessHandle.current().info().command().orElseThrow(),
            "-Xmx192m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Dlogback.configurationFile=" + KafkaBroker.class.getResource("broker-logback.xml"),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            KafkaBrokerProcess.class.getName(),
            directory.toString(),
            String.valueOf(port),
            String.valueOf(proxy.port()),
            String.valueOf(controller)));
    if (secure >= 0) {
      command.addAll(
          List.of(String.valueOf(secure), directory.resolveSibling("broker.pem").toString()));
    }
    process = new ProcessBuilder(command).redirectErrorStream(true).start();
    StringBuilder said = new StringBuilder();
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      said.append(line).append('\n');
      if (line.equals("READY")) {
        Thread.ofVirtual().start(() -> lines.lines().forEach((rest) -> {}));
        return;
      }
    }
    throw new IllegalStateException("The broker did not start:\n" + said);
  }

  /** Ends it at once, as {@code kill -9} does. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  public ProxiedPort proxy() {
    return proxy;
  }

  /** The address for clients. */
  public String address() {
    return "127.0.0.1:" + proxy.port();
  }

  /** The address for clients that use TLS and a password. */
  public String secureAddress() {
    return "127.0.0.1:" + secure;
  }

  /** The certificate that such clients have to trust. */
  public Path certificate() {
    return directory.resolveSibling("broker-ca.pem");
  }

  /**
   * The messages of a topic, in order within each partition; waits until there are so many.
   *
   * @param atLeast when to stop waiting
   */
  List<ConsumerRecord<String, String>> messages(String topic, IntSupplier atLeast) {
    List<ConsumerRecord<String, String>> messages = new ArrayList<>();
    Map<String, Object> properties =
        Map.of(
            "bootstrap.servers",
            address(),
            "group.id",
            UUID.randomUUID().toString(),
            "key.deserializer",
            StringDeserializer.class,
            "value.deserializer",
            StringDeserializer.class);
    try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(properties)) {
      List<TopicPartition> partitions = new ArrayList<>();
      for (PartitionInfo one : consumer.partitionsFor(topic)) {
        partitions.add(new TopicPartition(topic, one.partition()));
      }
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (System.nanoTime() < end) {
        boolean all =
            partitions.stream().allMatch((one) -> consumer.position(one) >= ends.get(one));
        if (all && messages.size() >= atLeast.getAsInt()) {
          return messages;
        }
        consumer.poll(Duration.ofMillis(100)).forEach(messages::add);
      }
    }
    throw new IllegalStateException("Only " + messages.size() + " messages came");
  }

  @Override
  public void close() throws IOException {
    proxy.close();
    process.destroyForcibly();
  }
}
