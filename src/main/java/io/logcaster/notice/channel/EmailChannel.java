package io.logcaster.notice.channel;

import static io.logcaster.notice.channel.ChannelOption.optional;
import static io.logcaster.notice.channel.ChannelOption.required;

import com.samskivert.mustache.MustacheException;
import io.logcaster.system.ConnectionTrouble;
import io.logcaster.system.Printable;
import io.logcaster.system.ProblemException;
import io.logcaster.system.RefusedAddressException;
import io.logcaster.system.TrustedCertificates;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.mail.MailAuthenticationException;
import org.springframework.mail.MailException;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.mail.javamail.MimeMessageHelper;

/** Sends notices as email, in plain text and HTML, with a chart. */
final class EmailChannel implements Channel {

  static final List<ChannelOption> OPTIONS =
      List.of(
          required("host", OptionType.TEXT, "the mail server").asAddress(),
          optional("port", OptionType.NUMBER, 587, "its port").asAddress(),
          optional(
                  "tls",
                  OptionType.TEXT,
                  "starttls",
                  "starttls (required), tls (from the start, usually port 465) or none")
              .asAddress(),
          TrustOption.CA_CERTIFICATE,
          optional("username", OptionType.TEXT, null, "the account, if the server wants one"),
          optional("password", OptionType.TEXT, null, "its password").asSecret(),
          required("from", OptionType.TEXT, "the sender's address"),
          required("to", OptionType.LIST, "the recipients' addresses"),
          optional("subject", OptionType.TEXT, "{{title}}", "a Mustache template of the subject"));

  /** The code of an answer that repeating will not change (RFC 5321, section 4.2.1). */
  private static final Pattern PERMANENT = Pattern.compile("(?:^|\\s)5\\d\\d[ -]");

  private static final int MAX_SUBJECT = 200;

  private final JavaMailSenderImpl sender;
  private final BodyTemplate subject;
  private final Duration timeout;
  private final InternetAddress from;
  private final InternetAddress[] to;

  EmailChannel(ChannelOptions options, Transports transports) {
    this.from = address("from", options.text("from"));
    this.to =
        options.list("to").stream()
            .map((text) -> address("to", text))
            .toArray(InternetAddress[]::new);
    if (to.length == 0) {
      throw ProblemException.invalidProperty("options.to", "needs at least one address");
    }
    String tls = options.choice("tls", List.of("starttls", "tls", "none"));
    if (options.has("password") && tls.equals("none")) {
      throw ProblemException.invalidProperty(
          "options.tls", "must be starttls or tls, or the password would be readable on its way");
    }
    try {
      this.subject = new BodyTemplate(options.text("subject"), false);
    } catch (MustacheException ex) {
      throw ProblemException.invalidProperty(
          "options.subject", "is not a template: " + ex.getMessage());
    }
    this.timeout = transports.timeout();
    this.sender = sender(options, tls, transports);
  }

  private static InternetAddress address(String option, String text) {
    try {
      InternetAddress address = new InternetAddress(text, true);
      address.validate();
      return address;
    } catch (AddressException ex) {
      throw ProblemException.invalidProperty(
          "options." + option, "has '%s', which is not an email address".formatted(text));
    }
  }

  private static JavaMailSenderImpl sender(
      ChannelOptions options, String tls, Transports transports) {
    JavaMailSenderImpl sender = new JavaMailSenderImpl();
    sender.setHost(options.text("host"));
    sender.setPort(options.number("port"));
    sender.setDefaultEncoding(StandardCharsets.UTF_8.name());
    Properties properties = new Properties();
    if (options.has("username")) {
      sender.setUsername(options.text("username"));
      sender.setPassword(options.text("password"));
      properties.setProperty("mail.smtp.auth", "true");
    }
    String timeout = String.valueOf(transports.timeout().toMillis());
    properties.setProperty("mail.smtp.connectiontimeout", timeout);
    properties.setProperty("mail.smtp.timeout", timeout);
    properties.setProperty("mail.smtp.writetimeout", timeout);
    properties.setProperty("mail.smtp.localhost", localHost());
    properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    properties.setProperty("mail.smtp.socketFactory.fallback", "false");
    connectBy(properties, tls, TrustOption.of(options, !tls.equals("none")), transports);
    sender.setJavaMailProperties(properties);
    return sender;
  }

  /** Plain sockets in all cases: TLS is put on top of them after the address was checked. */
  private static void connectBy(
      Properties properties,
      String tls,
      @Nullable TrustedCertificates trusted,
      Transports transports) {
    SocketFactory sockets = transports.guard().sockets();
    if (tls.equals("starttls")) {
      properties.setProperty("mail.smtp.starttls.enable", "true");
      properties.setProperty("mail.smtp.starttls.required", "true");
      if (trusted != null) {
        properties.put("mail.smtp.ssl.socketFactory", trusted.sockets());
      }
    } else if (tls.equals("tls") && trusted == null) {
      properties.setProperty("mail.smtp.ssl.enable", "true");
      properties.put("mail.smtp.ssl.socketFactory", sockets);
    } else if (trusted != null) {
      sockets = new TlsSocketFactory(transports.guard(), trusted);
    }
    properties.put("mail.smtp.socketFactory", sockets);
  }

  private static String localHost() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (java.net.UnknownHostException ex) {
      return "localhost";
    }
  }

  @Override
  public void send(Notice notice) throws DeliveryException {
    try {
      sender.send(message(notice));
    } catch (MailAuthenticationException ex) {
      throw DeliveryException.permanent(
          "The mail server refused the user name or password: " + said(ex), ex);
    } catch (MailException ex) {
      throw failure(ex);
    } catch (MessagingException | MustacheException ex) {
      throw DeliveryException.permanent("The message could not be written: " + said(ex), ex);
    }
  }

  private MimeMessage message(Notice notice) throws MessagingException {
    MimeMessage message = sender.createMimeMessage();
    MimeMessageHelper helper = new MimeMessageHelper(message, true, StandardCharsets.UTF_8.name());
    helper.setFrom(from);
    helper.setTo(to);
    helper.setSubject(NoticeText.shortened(subject.render(notice), MAX_SUBJECT));
    helper.setSentDate(Date.from(notice.time()));
    byte[] chart = Chart.of(notice);
    helper.setText(NoticeText.plain(notice), NoticeHtml.page(notice, chart != null));
    if (chart != null) {
      helper.addInline("chart", new ByteArrayResource(chart), "image/png");
    }
    String host = from.getAddress().substring(from.getAddress().indexOf('@') + 1);
    message.setHeader("Message-ID", "<%s@%s>".formatted(notice.id(), host));
    // The notices of a group become one conversation.
    message.setHeader("References", "<%s@%s>".formatted(notice.key(), host));
    message.setHeader("Auto-Submitted", "auto-generated");
    message.setHeader("X-LogCaster-Id", notice.id());
    return message;
  }

  private DeliveryException failure(MailException failure) {
    String said = said(failure);
    for (Throwable cause = failure; cause != null; cause = next(cause)) {
      if (cause instanceof RefusedAddressException) {
        return DeliveryException.permanent(String.valueOf(cause.getMessage()), failure);
      }
      Matcher permanent = PERMANENT.matcher(String.valueOf(cause.getMessage()));
      if (cause instanceof MessagingException && permanent.find()) {
        return DeliveryException.permanent("The mail server answered: " + said, failure);
      }
    }
    String trouble = trouble(failure);
    return DeliveryException.temporary(
        trouble == null ? "The mail server failed: " + said : trouble, failure);
  }

  /** What is wrong with the connection; null if it is not the connection. */
  private @Nullable String trouble(MailException failure) {
    for (Throwable cause = failure; cause != null; cause = next(cause)) {
      String known =
          ConnectionTrouble.known(
              cause, String.valueOf(sender.getHost()), sender.getPort(), timeout);
      if (known != null) {
        return known;
      }
    }
    return null;
  }

  /** What the innermost cause says; the others only wrap it. */
  private static String said(Throwable failure) {
    Throwable last = failure;
    for (Throwable cause = failure; cause != null; cause = next(cause)) {
      last = cause.getMessage() == null ? last : cause;
    }
    String said = String.valueOf(last.getMessage()).lines().findFirst().orElse("");
    return NoticeText.shortened(Printable.line(said), 300);
  }

  private static @Nullable Throwable next(Throwable failure) {
    if (failure instanceof org.springframework.mail.MailSendException several
        && several.getMessageExceptions().length > 0) {
      return several.getMessageExceptions()[0];
    }
    return failure instanceof MessagingException messaging && messaging.getNextException() != null
        ? messaging.getNextException()
        : failure.getCause();
  }
}
