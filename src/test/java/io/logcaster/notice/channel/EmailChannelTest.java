package io.logcaster.notice.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.BodyPart;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EmailChannelTest {

  private static final Map<String, Object> BASE =
      Map.of(
          "host",
          "127.0.0.1",
          "from",
          "LogCaster <logs@example.org>",
          "to",
          List.of("a@example.org"));

  @Test
  void send_deliversTextAndHtmlWithTheChartInside() throws Exception {
    GreenMail mail = server();
    try {
      open(mail, Map.of("tls", "none")).send(Notices.firing("n1"));

      MimeMessage message = mail.getReceivedMessages()[0];
      assertThat(message.getSubject()).startsWith("[FIRING] Errors of the shop (app=shop");
      assertThat(message.getHeader("Message-ID")).containsExactly("<n1@example.org>");
      assertThat(message.getHeader("References")).containsExactly("<lc-group@example.org>");
      assertThat(message.getHeader("Auto-Submitted")).containsExactly("auto-generated");
      List<BodyPart> parts = parts((Multipart) message.getContent());
      assertThat(parts.stream().map(EmailChannelTest::type))
          .containsExactly("text/plain", "text/html", "image/png");
      assertThat((String) parts.get(0).getContent())
          .contains("Value: 12", "Reason: 12 > 10 over 1m", "order 2 failed␊forged line");
      assertThat((String) parts.get(1).getContent())
          .contains("<img src=\"cid:chart\"", "order &lt;1&gt; *failed*", "Show the records</a>")
          .doesNotContain("order <1>");
      assertThat(parts.get(2).getHeader("Content-ID")).containsExactly("<chart>");
      assertThat(parts.get(2).getDisposition()).isEqualTo("inline");
    } finally {
      mail.stop();
    }
  }

  @Test
  void send_withASubjectTemplate_keepsItOnOneLine() throws Exception {
    GreenMail mail = server();
    try {
      open(mail, Map.of("tls", "none", "subject", "Alarm\r\nBcc: x@y.z {{severity}}"))
          .send(Notices.firing("n1"));

      MimeMessage message = mail.getReceivedMessages()[0];
      assertThat(message.getSubject()).isEqualTo("Alarm␍␊Bcc: x@y.z critical");
      assertThat(message.getHeader("Bcc")).isNull();
    } finally {
      mail.stop();
    }
  }

  @Test
  void send_whereStarttlsIsRequiredButNotOffered_failsBeforeThePassword() throws Exception {
    GreenMail mail = server();
    try {
      mail.setUser("u", "p4ss");
      DeliveryException failure = failure(open(mail, Map.of("username", "u", "password", "p4ss")));

      assertThat(failure).hasMessageContaining("STARTTLS");
      assertThat(failure.isPermanent()).isFalse();
      assertThat(mail.getReceivedMessages()).isEmpty();
    } finally {
      mail.stop();
    }
  }

  /** What a server without mailboxes says, in the words of RFC 5321. */
  @Test
  void send_whenTheServerRefuses_saysWhetherToTryAgain() throws Exception {
    assertThat(failure(against("550 5.7.1 relaying denied")).isPermanent()).isTrue();
    DeliveryException later = failure(against("451 4.7.1 greylisted"));
    assertThat(later.isPermanent()).isFalse();
    assertThat(later).hasMessageContaining("greylisted");
  }

  @Test
  void send_toThisMachine_isRefusedUnlessAllowed() {
    ChannelKind kind = ChannelKind.EMAIL;
    for (String tls : List.of("none", "starttls", "tls")) {
      Map<String, Object> options = new TreeMap<>(BASE);
      options.put("tls", tls);
      Channel channel = kind.open(kind.check(options), Notices.transports(false));

      assertThat(failure(channel))
          .hasMessageContaining("allow-local-addresses")
          .satisfies((failure) -> assertThat(failure.isPermanent()).isTrue());
    }
  }

  @Test
  void open_withWrongOptions_isRefused() {
    assertThatThrownBy(() -> open(25, Map.of("to", List.of("nobody@"))))
        .hasMessageContaining("options.to");
    assertThatThrownBy(() -> open(25, Map.of("tls", "none", "password", "x")))
        .hasMessageContaining("options.tls");
    assertThatThrownBy(() -> open(25, Map.of("tls", "maybe")))
        .hasMessageContaining("starttls tls none");
  }

  private static GreenMail server() {
    GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    mail.start();
    return mail;
  }

  private static Channel open(GreenMail mail, Map<String, Object> more) {
    return open(mail.getSmtp().getPort(), more);
  }

  private static Channel open(int port, Map<String, Object> more) {
    Map<String, Object> options = new TreeMap<>(BASE);
    options.put("port", port);
    options.putAll(more);
    return Notices.open("email", options);
  }

  private static DeliveryException failure(Channel channel) {
    return catchThrowableOfType(DeliveryException.class, () -> channel.send(Notices.firing("n1")));
  }

  /** A channel to a server that gives one answer to RCPT TO. */
  private static Channel against(String answer) throws IOException {
    ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    Thread.ofVirtual()
        .start(
            () -> {
              try (server;
                  Socket socket = server.accept();
                  BufferedReader in =
                      new BufferedReader(
                          new InputStreamReader(
                              socket.getInputStream(), StandardCharsets.US_ASCII))) {
                var out = socket.getOutputStream();
                out.write("220 mail\r\n".getBytes(StandardCharsets.US_ASCII));
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                  String reply = line.startsWith("RCPT") ? answer : "250 ok";
                  out.write((reply + "\r\n").getBytes(StandardCharsets.US_ASCII));
                }
              } catch (IOException ex) {
                // the client has closed the connection
              }
            });
    return open(server.getLocalPort(), Map.of("tls", "none"));
  }

  private static List<BodyPart> parts(Multipart multipart) throws Exception {
    List<BodyPart> parts = new ArrayList<>();
    for (int i = 0; i < multipart.getCount(); i++) {
      BodyPart part = multipart.getBodyPart(i);
      if (part.getContent() instanceof Multipart inner) {
        parts.addAll(parts(inner));
      } else {
        parts.add(part);
      }
    }
    return parts;
  }

  private static String type(BodyPart part) {
    try {
      return part.getContentType().replaceFirst(";.*", "").strip();
    } catch (jakarta.mail.MessagingException ex) {
      throw new IllegalStateException(ex);
    }
  }
}
