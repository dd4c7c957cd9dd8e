package io.logcaster.ingest.forward;

import io.logcaster.ingest.MalformedFrameException;
import io.logcaster.ingest.forward.MsgpackReader.IncompleteException;
import io.logcaster.ingest.forward.MsgpackReader.Kind;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The credentials of Fluentd's forward protocol, and the handshake that checks them without sending
 * them:
 *
 * <pre>
 * server  [HELO, {nonce, auth, keepalive}]                     auth is empty where no user is asked for
 * sender  [PING, its name, salt, sha512(salt name nonce key), user, sha512(auth user password)]
 * server  [PONG, right?, why not, server's name, sha512(salt server's-name nonce key)]
 * </pre>
 *
 * <p>Digests are hexadecimal. The last one proves to the sender that the server knows the key as
 * well.
 */
public final class ForwardSecurity {

  /** As long as fluentd's own. */
  private static final int NONCE_LENGTH = 16;

  private static final String SERVER = "logcaster";

  private static final byte[] PING = ascii("PING");

  private final ForwardProperties properties;
  private final SecureRandom random = new SecureRandom();

  public ForwardSecurity(ForwardProperties properties) {
    this.properties = properties;
  }

  /** Whether senders need credentials. */
  public boolean isRequired() {
    return properties.sharedKey() != null;
  }

  /** A greeting, and the state to check its answer. */
  Challenge challenge() {
    byte[] nonce = new byte[NONCE_LENGTH];
    random.nextBytes(nonce);
    byte[] auth = new byte[properties.username() == null ? 0 : NONCE_LENGTH];
    random.nextBytes(auth);
    return new Challenge(nonce, auth);
  }

  /** One connection's handshake. */
  final class Challenge {

    private final byte[] nonce;
    private final byte[] auth;
    private boolean passed;

    private Challenge(byte[] nonce, byte[] auth) {
      this.nonce = nonce;
      this.auth = auth;
    }

    boolean isPassed() {
      return passed;
    }

    byte[] helo() {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.write(0x92);
      text(out, ascii("HELO"));
      out.write(0x83);
      text(out, ascii("nonce"));
      binary(out, nonce);
      text(out, ascii("auth"));
      binary(out, auth);
      text(out, ascii("keepalive"));
      out.write(0xc3);
      return out.toByteArray();
    }

    /**
     * Reads a sender's PING.
     *
     * @return the PONG, after which {@link #isPassed} tells whether the sender may continue
     */
    byte[] pong(MsgpackReader in) throws IncompleteException, MalformedFrameException {
      if (in.next() != Kind.ARRAY || in.count() != 6 || !Arrays.equals(text(in), PING)) {
        throw new MalformedFrameException("no PING");
      }
      byte[] name = text(in);
      byte[] salt = text(in);
      byte[] digest = text(in);
      byte[] user = text(in);
      byte[] userDigest = text(in);
      byte[] key = utf8(properties.sharedKey());
      // Both are compared in any case, so that the time taken does not tell a known name.
      boolean sameUser = isSame(user, utf8(properties.username()));
      boolean samePassword = isSame(userDigest, sha512(auth, user, utf8(properties.password())));
      String reason = "";
      if (!isSame(digest, sha512(salt, name, nonce, key))) {
        reason = "shared_key mismatch";
      } else if (auth.length > 0 && !(sameUser && samePassword)) {
        reason = "username/password mismatch";
      }
      passed = reason.isEmpty();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.write(0x95);
      text(out, ascii("PONG"));
      out.write(passed ? 0xc3 : 0xc2);
      text(out, ascii(reason));
      text(out, ascii(SERVER));
      // A sender without the key gets no digest, which would help it to guess.
      text(out, passed ? sha512(salt, ascii(SERVER), nonce, key) : new byte[0]);
      return out.toByteArray();
    }
  }

  private static byte[] text(MsgpackReader in) throws IncompleteException, MalformedFrameException {
    if (in.next() != Kind.TEXT) {
      throw new MalformedFrameException("no text");
    }
    return Arrays.copyOfRange(in.bytes(), in.from(), in.to());
  }

  private static boolean isSame(byte[] given, byte[] right) {
    return MessageDigest.isEqual(given, right);
  }

  private static byte[] sha512(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-512");
      for (byte[] part : parts) {
        digest.update(part);
      }
      return ascii(HexFormat.of().formatHex(digest.digest()));
    } catch (NoSuchAlgorithmException ex) {
      throw new IllegalStateException("every JDK has SHA-512", ex);
    }
  }

  /** Texts here are shorter than 256 bytes. */
  private static void text(ByteArrayOutputStream out, byte[] text) {
    if (text.length < 32) {
      out.write(0xa0 | text.length);
    } else {
      out.write(0xd9);
      out.write(text.length);
    }
    out.writeBytes(text);
  }

  private static void binary(ByteArrayOutputStream out, byte[] bytes) {
    out.write(0xc4);
    out.write(bytes.length);
    out.writeBytes(bytes);
  }

  private static byte[] utf8(@Nullable String text) {
    return (text == null) ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
