package io.logcaster.ingest.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.logcaster.ingest.InputContext;
import io.logcaster.ingest.LargeMessages;
import io.logcaster.ingest.RecordingIntake;
import io.logcaster.ingest.RecordingPeer;
import io.logcaster.pipeline.InputMetrics;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForwardSecurityTest {

  /** [tag, 1, {message: one}] */
  private static final byte[] MESSAGE = {
    (byte) 0x93,
    (byte) 0xa1,
    't',
    1,
    (byte) 0x81,
    (byte) 0xa7,
    'm',
    'e',
    's',
    's',
    'a',
    'g',
    'e',
    (byte) 0xa3,
    'o',
    'n',
    'e'
  };

  private final RecordingIntake intake = new RecordingIntake();
  private final InputMetrics metrics = new InputMetrics("forward");
  private final RecordingPeer peer = new RecordingPeer();
  private final ByteArrayOutputStream answers = peer.answers();

  private ForwardSession session(ForwardProperties properties, boolean greet) throws Exception {
    ForwardSession session =
        new ForwardSession(
            new InputContext(intake, metrics, List.of("host"), ZoneOffset.UTC, Clock.systemUTC()),
            peer,
            new ForwardSecurity(properties),
            new LargeMessages(),
            256 << 10);
    session.begin(greet);
    return session;
  }

  private static void send(ForwardSession session, byte[] bytes) throws Exception {
    session.arrived(System.nanoTime());
    session.decode(bytes, 0, bytes.length, true);
    session.flush();
  }

  /** The bytes of a value of the greeting: nonce or auth. */
  private byte[] greeted(String name) {
    byte[] helo = answers.toByteArray();
    String text = new String(helo, StandardCharsets.ISO_8859_1);
    int at = text.indexOf(name) + name.length();
    assertThat(helo[at]).isEqualTo((byte) 0xc4);
    return Arrays.copyOfRange(helo, at + 2, at + 2 + helo[at + 1]);
  }

  private static String sha512(byte[]... parts) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-512");
    for (byte[] part : parts) {
      digest.update(part);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private byte[] ping(String key, String user, String password) throws Exception {
    String digest = sha512(bytes("salt"), bytes("client"), greeted("nonce"), bytes(key));
    String userDigest = sha512(greeted("auth"), bytes(user), bytes(password));
    ByteArrayOutputStream ping = new ByteArrayOutputStream();
    ping.write(0x96);
    for (String part : List.of("PING", "client", "salt", digest, user, userDigest)) {
      ping.write(0xd9);
      ping.write(part.length());
      ping.writeBytes(bytes(part));
    }
    return ping.toByteArray();
  }

  @Test
  void senderWithTheKey_isAccepted_andCanVerifyTheServer() throws Exception {
    ForwardSession session = session(new ForwardProperties("key", null, null), true);
    byte[] nonce = greeted("nonce");
    byte[] ping = ping("key", "", "");
    answers.reset();
    send(session, ping);
    assertThat(answers.toString(StandardCharsets.ISO_8859_1))
        .contains("PONG")
        .contains(sha512(bytes("salt"), bytes("logcaster"), nonce, bytes("key")));
    send(session, MESSAGE);
    assertThat(intake.messages()).containsExactly("one");
  }

  @Test
  void senderWithAnotherKey_isRejected() throws Exception {
    ForwardSession session = session(new ForwardProperties("key", null, null), true);
    send(session, ping("other", "", ""));
    assertThat(answers.toString(StandardCharsets.ISO_8859_1)).contains("shared_key mismatch");
    assertThat(session.isEnded()).isTrue();
    send(session, MESSAGE);
    assertThat(intake.size()).isZero();
    assertThat(metrics.notes()).containsEntry("unauthorized", 1L);
  }

  @Test
  void userAndPassword_areRequiredInAdditionToTheKey() throws Exception {
    ForwardProperties properties = new ForwardProperties("key", "ops", "secret");
    ForwardSession right = session(properties, true);
    send(right, ping("key", "ops", "secret"));
    assertThat(right.isEnded()).isFalse();
    for (String[] wrong : new String[][] {{"ops", "wrong"}, {"other", "secret"}, {"", ""}}) {
      answers.reset();
      ForwardSession session = session(properties, true);
      send(session, ping("key", wrong[0], wrong[1]));
      assertThat(session.isEnded()).isTrue();
    }
  }

  @Test
  void messageInsteadOfTheReply_orUnsolicitedReply_endsTheSession() throws Exception {
    ForwardProperties properties = new ForwardProperties("key", null, null);
    for (boolean greet : new boolean[] {true, false}) {
      ForwardSession session = session(properties, greet);
      send(session, MESSAGE);
      assertThat(session.isEnded()).isTrue();
    }
    assertThat(intake.size()).isZero();
  }

  @Test
  void incompleteCredential_isRejectedNamingTheMissingPart() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ForwardProperties("key", "ops", null))
        .withMessageContaining("logcaster.forward.password is missing");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ForwardProperties(null, "ops", "secret"))
        .withMessageContaining("needs logcaster.forward.shared-key");
    assertThat(new ForwardProperties("key", "ops", "secret").toString())
        .doesNotContain("key", "secret");
  }
}
