package io.logcaster.cli;

import io.logcaster.cli.LineSource.Format;
import java.io.IOException;
import java.util.Locale;

/**
 * The protocols of the load generator. A constant says which lines a protocol carries and how a
 * connection of it is opened; to add a protocol, add a constant.
 */
enum BenchProtocol {
  RAW(Format.RAW, Transport.TCP),
  SYSLOG(Format.SYSLOG, Transport.TCP),
  JSON(Format.JSON, Transport.TCP),
  FRAMED(Format.JSON, Transport.TCP) {
    @Override
    BenchTarget open(BenchEndpoint endpoint, Latencies latencies) {
      return new FramedBenchTarget(endpoint.serverAddress(), latencies);
    }
  },
  HTTP(Format.JSON, Transport.HTTP) {
    @Override
    BenchTarget open(BenchEndpoint endpoint, Latencies latencies) throws IOException {
      return endpoint.post(new BenchBody.Lines(), latencies);
    }
  },
  UDP(Format.SYSLOG, Transport.UDP) {
    @Override
    BenchTarget open(BenchEndpoint endpoint, Latencies latencies) throws IOException {
      return new UdpBenchTarget(endpoint.socketAddress());
    }
  },
  ELASTICSEARCH(Format.JSON, Transport.HTTP) {
    @Override
    BenchTarget open(BenchEndpoint endpoint, Latencies latencies) throws IOException {
      return endpoint.post(new ElasticsearchBody(), latencies);
    }
  },
  LOKI(Format.JSON, Transport.HTTP) {
    @Override
    BenchTarget open(BenchEndpoint endpoint, Latencies latencies) throws IOException {
      return endpoint.post(new LokiBody(), latencies);
    }

    @Override
    boolean needsBuiltInLines() {
      return true;
    }
  },
  OTLP(Format.JSON, Transport.HTTP) {
    @Override
    BenchTarget open(BenchEndpoint endpoint, Latencies latencies) throws IOException {
      return endpoint.post(new OtlpBody(), latencies);
    }

    @Override
    boolean needsBuiltInLines() {
      return true;
    }
  };

  /** What carries the lines. */
  private enum Transport {
    TCP,
    UDP,
    HTTP
  }

  /** What a busy shipper writes at once. */
  private static final int TCP_WRITE = 64 << 10;

  /** A usual request. */
  private static final int HTTP_BODY = 1 << 20;

  private final Format format;
  private final Transport transport;

  BenchProtocol(Format format, Transport transport) {
    this.format = format;
    this.transport = transport;
  }

  /** The shape of the lines. */
  Format format() {
    return format;
  }

  /**
   * Opens a connection; one of plain TCP where a constant does not say otherwise.
   *
   * @param latencies takes the times of acknowledgements, where the protocol has them
   */
  BenchTarget open(BenchEndpoint endpoint, Latencies latencies) throws IOException {
    return new TcpBenchTarget(endpoint.socketAddress());
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
    return false;
  }

  /** How many bytes are written at once. */
  int writeSize() {
    return (transport == Transport.HTTP) ? HTTP_BODY : TCP_WRITE;
  }
}
