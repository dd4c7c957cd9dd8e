package io.logcaster.notice.channel;

import static io.logcaster.notice.channel.ChannelOption.optional;
import static io.logcaster.notice.channel.ChannelOption.required;

import io.logcaster.system.AddressGuard;
import io.logcaster.system.ConnectionTrouble;
import io.logcaster.system.ProblemException;
import io.logcaster.system.RefusedAddressException;
import io.logcaster.system.TrustedCertificates;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Sends each alert as a syslog message (RFC 5424), over UDP (RFC 5426), TCP with octet counting
 * (RFC 6587) or TLS (RFC 5425).
 */
final class SyslogChannel implements Channel {

  static final List<ChannelOption> OPTIONS =
      List.of(
          required("host", OptionType.TEXT, "the syslog server").asAddress(),
          optional("port", OptionType.NUMBER, 514, "its port").asAddress(),
          optional("transport", OptionType.TEXT, "udp", "udp, tcp or tls").asAddress(),
          TrustOption.CA_CERTIFICATE,
          optional("facility", OptionType.NUMBER, 16, "0 to 23; 16 is local0"),
          optional("appName", OptionType.TEXT, "logcaster", "the name of the sender"));

  /** What every receiver over UDP should take, and what those over TCP usually do. */
  private static final int MAX_DATAGRAM = 2_048;

  private static final int MAX_STREAM = 8_192;

  /** The number that is reserved for examples (RFC 5612): LogCaster has none of its own. */
  private static final String STRUCTURED = "alert@32473";

  private final ChannelOptions options;
  private final String transport;
  private final AddressGuard guard;
  private final Duration timeout;
  private final TrustedCertificates trusted;

  SyslogChannel(ChannelOptions options, Transports transports) {
    this.options = options;
    this.transport = options.choice("transport", List.of("udp", "tcp", "tls"));
    this.guard = transports.guard();
    this.timeout = transports.timeout();
    this.trusted = TrustOption.orDefault(options, transport.equals("tls"));
    if (options.number("facility") > 23) {
      throw ProblemException.invalidProperty("options.facility", "must be between 0 and 23");
    }
  }

  @Override
  public void send(Notice notice) throws DeliveryException {
    List<byte[]> messages = new ArrayList<>();
    if (notice.alerts().isEmpty()) {
      messages.add(message(notice, 6, "", NoticeText.title(notice)));
    }
    for (NoticeAlert alert : notice.alerts()) {
      messages.add(message(notice, severity(alert), structured(notice, alert), text(alert)));
    }
    try {
      if (transport.equals("udp")) {
        datagrams(messages);
      } else {
        stream(messages);
      }
    } catch (RefusedAddressException ex) {
      throw DeliveryException.permanent(String.valueOf(ex.getMessage()), ex);
    } catch (IOException ex) {
      throw DeliveryException.temporary(
          ConnectionTrouble.of(ex, options.text("host"), options.number("port"), timeout), ex);
    }
  }

  private void datagrams(List<byte[]> messages) throws IOException {
    InetSocketAddress target =
        new InetSocketAddress(InetAddress.getByName(options.text("host")), options.number("port"));
    guard.check(target);
    try (DatagramSocket socket = new DatagramSocket()) {
      for (byte[] message : messages) {
        socket.send(new DatagramPacket(message, message.length, target));
      }
    }
  }

  private void stream(List<byte[]> messages) throws IOException {
    String host = options.text("host");
    int millis = (int) timeout.toMillis();
    try (Socket plain = guard.connect(host, options.number("port"), millis);
        Socket socket = transport.equals("tls") ? secured(plain, host) : plain) {
      socket.setSoTimeout(millis);
      ByteArrayOutputStream frames = new ByteArrayOutputStream();
      for (byte[] message : messages) {
        frames.writeBytes((message.length + " ").getBytes(StandardCharsets.US_ASCII));
        frames.writeBytes(message);
      }
      OutputStream out = socket.getOutputStream();
      out.write(frames.toByteArray());
      out.flush();
      socket.shutdownOutput();
    }
  }

  private Socket secured(Socket plain, String host) throws IOException {
    return trusted.secure(plain, host, options.number("port"));
  }

  private byte[] message(Notice notice, int severity, String structured, String text) {
    String head =
        "<%d>1 %s %s %s - %s %s "
            .formatted(
                options.number("facility") * 8 + severity,
                notice.time().truncatedTo(ChronoUnit.MILLIS),
                header(hostName(), 255),
                header(options.text("appName"), 48),
                notice.status() == Notice.Status.INFO ? "info" : "alert",
                structured.isEmpty() ? "-" : structured);
    byte[] message = (head + text).getBytes(StandardCharsets.UTF_8);
    int limit = transport.equals("udp") ? MAX_DATAGRAM : MAX_STREAM;
    return message.length <= limit ? message : Arrays.copyOf(message, end(message, limit));
  }

  /** The last place up to a limit that is not inside a character. */
  private static int end(byte[] utf8, int limit) {
    int end = limit;
    while (end > 0 && (utf8[end] & 0xc0) == 0x80) {
      end--;
    }
    return end;
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException ex) {
      return "-";
    }
  }

  /** Printable ASCII without spaces, or the sign for nothing. */
  private static String header(String text, int length) {
    String safe = text.replaceAll("[^!-~]", "_");
    return safe.isEmpty() ? "-" : safe.substring(0, Math.min(length, safe.length()));
  }

  private static String structured(Notice notice, NoticeAlert alert) {
    StringBuilder data = new StringBuilder("[").append(STRUCTURED);
    parameter(data, "id", notice.id());
    parameter(data, "rule", alert.rule());
    parameter(data, "state", alert.firing() ? "FIRING" : "RESOLVED");
    parameter(data, "severity", alert.severity());
    parameter(data, "value", NoticeText.number(alert.value()));
    for (Map.Entry<String, String> label : alert.labels().entrySet()) {
      parameter(data, "label_" + label.getKey(), NoticeText.shortened(label.getValue(), 100));
    }
    return data.append(']').toString();
  }

  private static void parameter(StringBuilder data, String name, String value) {
    String safe = name.replaceAll("[^!-~]|[=\\]\"]", "_");
    data.append(' ')
        .append(safe, 0, Math.min(32, safe.length()))
        .append("=\"")
        .append(value.replaceAll("([\"\\\\\\]])", "\\\\$1"))
        .append('"');
  }

  private static String text(NoticeAlert alert) {
    StringBuilder text = new StringBuilder(NoticeText.heading(alert));
    for (NoticeText.Fact fact : NoticeText.facts(alert)) {
      text.append("; ").append(fact.name()).append(": ").append(fact.value());
    }
    NoticeText.records(alert).forEach((record) -> text.append(" | ").append(record));
    return text.toString();
  }

  /** Severities of RFC 5424; a resolved alert is a notice. */
  private static int severity(NoticeAlert alert) {
    return !alert.firing()
        ? 5
        : switch (alert.severity()) {
          case "critical" -> 2;
          case "error" -> 3;
          case "info" -> 6;
          default -> 4;
        };
  }
}
