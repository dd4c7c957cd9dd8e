package io.logcaster.sink.kafka;

import io.logcaster.sink.SinkOption;
import io.logcaster.sink.SinkOptionType;
import io.logcaster.sink.SinkOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The options of a topic.
 *
 * @param brokers those that are asked first
 * @param topic its name
 * @param keyed whether messages have the identity of their stream as key
 * @param headers the names of headers with the fields that go into them
 * @param properties what the client is configured with, by Kafka's names
 */
record KafkaOptions(
    List<Broker> brokers,
    String topic,
    boolean keyed,
    SortedMap<String, String> headers,
    SortedMap<String, Object> properties) {

  /**
   * @param host a name or an address
   */
  record Broker(String host, int port) {

    @Override
    public String toString() {
      return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
  }

  static final List<SinkOption> ALL =
      List.of(
          SinkOption.required(
                  "brokers", SinkOptionType.LIST, "Some of the brokers, each as host:port")
              .asAddress(),
          SinkOption.required("topic", SinkOptionType.TEXT, "Name of the topic"),
          SinkOption.choice(
              "key",
              "stream",
              List.of("stream", "none"),
              "stream keeps records of a stream in one partition, and in order"),
          SinkOption.optional(
              "headers",
              SinkOptionType.MAP,
              null,
              "Headers of a message, each with the field that goes in"),
          SinkOption.choice(
              "compress", "zstd", List.of("zstd", "gzip", "none"), "Compression of the messages"),
          SinkOption.optional(
              "maxMessageSize", SinkOptionType.SIZE, "1MB", "Largest message that the topic takes"),
          SinkOption.choice(
              "security",
              "plaintext",
              List.of("plaintext", "ssl", "sasl_plaintext", "sasl_ssl"),
              "How brokers are spoken to: encrypted, with a password, or both"),
          SinkOption.choice(
              "mechanism",
              "scram-sha-512",
              List.of("plain", "scram-sha-256", "scram-sha-512"),
              "How the password is proven"),
          SinkOption.optional("username", SinkOptionType.TEXT, null, "User of SASL"),
          SinkOption.optional("password", SinkOptionType.TEXT, null, "The user's password")
              .asSecret(),
          SinkOption.optional(
              "ca",
              SinkOptionType.LONG_TEXT,
              null,
              "Certificates, in PEM, of the authorities to trust"),
          SinkOption.optional(
              "certificate", SinkOptionType.LONG_TEXT, null, "Own certificate, in PEM"),
          SinkOption.optional(
                  "privateKey",
                  SinkOptionType.LONG_TEXT,
                  null,
                  "Its private key, in PEM, unencrypted")
              .asSecret());

  private static final Pattern BROKER =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([^:\\s/@]+)):(\\d{1,5})");

  /** The rule of Kafka itself. */
  private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,249}");

  private static final long LEAST_MESSAGE = 1024;

  private static final long LARGEST_MESSAGE = 64 << 20;

  static KafkaOptions of(SinkOptions options) {
    String topic = options.text("topic").strip();
    require(
        TOPIC.matcher(topic).matches() && !topic.equals(".") && !topic.equals(".."),
        "topic",
        "must be a name of letters, digits and . _ -");
    SortedMap<String, Object> properties = new TreeMap<>();
    properties.put("compression.type", options.text("compress"));
    long size = options.size("maxMessageSize");
    require(
        size >= LEAST_MESSAGE && size <= LARGEST_MESSAGE,
        "maxMessageSize",
        "must be between 1KB and 64MB");
    properties.put("max.request.size", (int) size);
    secure(options, properties);
    return new KafkaOptions(
        brokers(options.list("brokers")),
        topic,
        options.text("key").equals("stream"),
        options.map("headers"),
        properties);
  }

  private static List<Broker> brokers(List<String> given) {
    List<Broker> brokers = new ArrayList<>();
    for (String one : given) {
      Matcher matcher = BROKER.matcher(one.strip());
      require(matcher.matches(), "brokers", "must be like kafka-1:9092, not '" + one + "'");
      int port = Integer.parseInt(matcher.group(3));
      require(port > 0 && port < 65_536, "brokers", "must have ports from 1 to 65535");
      brokers.add(new Broker(matcher.group(1) == null ? matcher.group(2) : matcher.group(1), port));
    }
    require(!brokers.isEmpty(), "brokers", "must name at least one");
    return List.copyOf(brokers);
  }

  private static void secure(SinkOptions options, Map<String, Object> properties) {
    String security = options.text("security");
    properties.put("security.protocol", security.toUpperCase(Locale.ROOT));
    boolean password = options.has("username") || options.has("password");
    if (security.startsWith("sasl")) {
      require(
          options.has("username") && options.has("password"),
          "username",
          "and password are required by security " + security);
      String mechanism = options.text("mechanism");
      properties.put("sasl.mechanism", mechanism.toUpperCase(Locale.ROOT));
      properties.put(
          "sasl.jaas.config",
          "org.apache.kafka.common.security.%s required username=%s password=%s;"
              .formatted(
                  mechanism.equals("plain") ? "plain.PlainLoginModule" : "scram.ScramLoginModule",
                  quoted(options.text("username")),
                  quoted(options.text("password"))));
    } else {
      require(!password, "username", "goes with security sasl_ssl or sasl_plaintext");
    }
    boolean tls = security.endsWith("ssl");
    for (String name : List.of("ca", "certificate", "privateKey")) {
      require(tls || !options.has(name), name, "goes with security ssl or sasl_ssl");
      require(
          !options.has(name) || options.text(name).contains("-----BEGIN "), name, "must be PEM");
    }
    require(
        options.has("certificate") == options.has("privateKey"),
        "privateKey",
        "goes with certificate: set both or neither");
    if (options.has("ca")) {
      properties.put("ssl.truststore.type", "PEM");
      properties.put("ssl.truststore.certificates", options.text("ca"));
    }
    if (options.has("certificate")) {
      properties.put("ssl.keystore.type", "PEM");
      properties.put("ssl.keystore.certificate.chain", options.text("certificate"));
      properties.put("ssl.keystore.key", options.text("privateKey"));
    }
  }

  /** As the configuration of JAAS wants it. */
  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  private static void require(boolean right, String name, String reason) {
    if (!right) {
      throw SinkOptions.problem(name, reason);
    }
  }

  @Override
  public String toString() {
    return "KafkaOptions[" + brokers + ", " + topic + "]"; // never with the passwords
  }
}
