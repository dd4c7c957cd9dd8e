package io.logcaster.notice.channel;

import io.logcaster.security.Certificates;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** A mail server with TLS, from the start or after STARTTLS (RFC 3207), which wants a password. */
final class MailServer implements AutoCloseable {

  private final ServerSocket server;
  private final SSLSocketFactory tls;
  private final boolean fromTheStart;
  private final List<String> passwords = new CopyOnWriteArrayList<>();
  private final List<String> messages = new CopyOnWriteArrayList<>();

  private MailServer(Certificates certificate, boolean fromTheStart)
      throws IOException, GeneralSecurityException {
    this.server = new ServerSocket(0, 5, InetAddress.getByName("localhost"));
    this.tls = certificate.server().getSocketFactory();
    this.fromTheStart = fromTheStart;
    Thread.ofVirtual().start(this::run);
  }

  static MailServer withStarttls(Certificates certificate)
      throws IOException, GeneralSecurityException {
    return new MailServer(certificate, false);
  }

  static MailServer withTls(Certificates certificate) throws IOException, GeneralSecurityException {
    return new MailServer(certificate, true);
  }

  int port() {
    return server.getLocalPort();
  }

  /** What clients have sent as their credentials, encrypted or not: user and password. */
  List<String> passwords() {
    return passwords;
  }

  /** The messages that were accepted. */
  List<String> messages() {
    return messages;
  }

  private void run() {
    while (!server.isClosed()) {
      try (Socket plain = server.accept()) {
        talk(fromTheStart ? secured(plain) : plain, fromTheStart);
      } catch (IOException ex) {
        // the client has gone, or does not trust the certificate
      }
    }
  }

  private SSLSocket secured(Socket plain) throws IOException {
    SSLSocket socket = (SSLSocket) tls.createSocket(plain, null, plain.getPort(), true);
    socket.setUseClientMode(false);
    socket.startHandshake();
    return socket;
  }

  private void talk(Socket socket, boolean secure) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    if (fromTheStart || !secure) {
      say(socket, "220 mail");
    }
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.startsWith("EHLO")) {
        say(socket, "250-mail\r\n250 " + (secure ? "AUTH PLAIN" : "STARTTLS"));
      } else if (line.equals("STARTTLS")) {
        say(socket, "220 go ahead");
        talk(secured(socket), true);
        return;
      } else if (line.startsWith("AUTH PLAIN")) {
        byte[] credentials = Base64.getDecoder().decode(line.substring(line.lastIndexOf(' ') + 1));
        // An identity to act for may come before the user and the password (RFC 4616).
        String given =
            new String(credentials, StandardCharsets.UTF_8).replaceFirst("^[^\0]*\0", "");
        passwords.add((secure ? "secure " : "readable ") + given.replace('\0', ' '));
        say(socket, "235 welcome");
      } else if (line.equals("DATA")) {
        say(socket, "354 go on");
        StringBuilder message = new StringBuilder();
        for (String text = in.readLine(); text != null && !text.equals("."); text = in.readLine()) {
          message.append(text).append('\n');
        }
        messages.add(message.toString());
        say(socket, "250 accepted");
      } else {
        say(socket, line.equals("QUIT") ? "221 bye" : "250 ok");
      }
    }
  }

  private static void say(Socket socket, String answer) throws IOException {
    socket.getOutputStream().write((answer + "\r\n").getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
