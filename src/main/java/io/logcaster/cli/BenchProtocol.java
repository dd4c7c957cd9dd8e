package io.logcaster.cli;

import io.logcaster.cli.LineSource.Format;
import java.io.IOException;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * The protocols of the load generator. A constant says which lines a protocol carries and how a
 * connection of it is opened; to add a protocol, add a constant.
 */
enum BenchProtocol {
  RAW(Format.RAW, Transport.TCP, BenchProtocol::tcp),
  SYSLOG(Format.SYSLOG, Transport.TCP, BenchProtocol::tcp),
  JSON(Format.JSON, Transport.TCP, BenchProtocol::tcp),
  FRAMED(
      Format.JSON,
      Transport.TCP,
      (endpoint, latencies) -> new FramedBenchTarget(endpoint.serverAddress(), latencies)),
  HTTP(BenchBody.Lines::new, false),
  UDP(
      Format.SYSLOG,
      Transport.UDP,
      (endpoint, latencies) -> new UdpBenchTarget(endpoint.socketAddress())),
  ELASTICSEARCH(ElasticsearchBody::new, false),
  LOKI(LokiBody::new, true),
  OTLP(OtlpBody::new, true);

  /** What carries the lines. */
  private enum Transport {
    TCP,
    UDP,
    HTTP
  }

  /** Opens one connection. */
  @FunctionalInterface
  private interface Opener {
    BenchTarget open(BenchEndpoint endpoint, Latencies latencies) throws IOException;
  }

  /** What a busy shipper writes at once. */
  private static final int TCP_WRITE = 64 << 10;

  /** A usual request. */
  private static final int HTTP_BODY = 1 << 20;

  private final Format format;
  private final Transport transport;
  private final Opener opener;
  private final boolean needsBuiltInLines;

  BenchProtocol(Format format, Transport transport, Opener opener) {
    this.format = format;
    this.transport = transport;
    this.opener = opener;
    this.needsBuiltInLines = false;
  }

  /** A protocol that posts bodies made of lines of JSON. */
  BenchProtocol(Supplier<BenchBody> body, boolean needsBuiltInLines) {
    this.format = Format.JSON;
    this.transport = Transport.HTTP;
    this.opener = (endpoint, latencies) -> endpoint.post(body.get(), latencies);
    this.needsBuiltInLines = needsBuiltInLines;
  }

  private static BenchTarget tcp(BenchEndpoint endpoint, Latencies latencies) throws IOException {
    return new TcpBenchTarget(endpoint.socketAddress());
  }

  /** The shape of the lines. */
  Format format() {
    return format;
  }

  /**
   * Opens a connection.
   *
   * @param latencies takes the times of acknowledgements, where the protocol has them
   */
  BenchTarget open(BenchEndpoint endpoint, Latencies latencies) throws IOException {
    return opener.open(endpoint, latencies);
  }

  /** The id of the input whose counters grow. */
  String input() {
    return (transport == Transport.TCP) ? "tcp" : text();
  }

  /** The name on the command line. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean isTcp() {
    return transport == Transport.TCP;
  }

  /** Whether lines may be lost on their way. */
  boolean mayDrop() {
    return transport == Transport.UDP;
  }

  /** Whether its body takes lines apart, which works for the built-in lines only. */
  boolean needsBuiltInLines() {
    return needsBuiltInLines;
  }

  /** How many bytes are written at once. */
  int writeSize() {
    return (transport == Transport.HTTP) ? HTTP_BODY : TCP_WRITE;
  }
}
