package io.logcaster.transform.redact;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import io.logcaster.record.ByteBuilder;
import io.logcaster.transform.redact.Redactor.Own;
import io.logcaster.transform.redact.Redactor.With;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RedactorTest {

  private static final Path LABELLED = Path.of("src/test/resources/transform/secrets.txt");

  private static final byte[] KEY = "0123456789abcdef".getBytes(StandardCharsets.UTF_8);

  private static String redact(Redactor redactor, String text) {
    byte[] bytes = ("<" + text + ">").getBytes(StandardCharsets.UTF_8);
    ByteBuilder target = new ByteBuilder(16);
    return redactor.redact(bytes, 1, bytes.length - 1, true, target) ? target.toString() : text;
  }

  private static Redactor all(With with) {
    return new Redactor(EnumSet.allOf(SecretKind.class), List.of(), with, KEY);
  }

  /** A row of the labelled set. */
  private record Row(String kind, String text) {

    String plain() {
      return text.replace("«", "").replace("»", "").replace("\\n", "\n");
    }

    String masked() {
      return text.replaceAll("«[^»]*»", "[redacted:" + kind + "]").replace("\\n", "\n");
    }

    int secrets() {
      return text.length() - text.replace("«", "").length();
    }
  }

  private static List<Row> labelled() throws IOException {
    List<Row> rows = new ArrayList<>();
    for (String line : Files.readAllLines(LABELLED)) {
      if (!line.startsWith("#")) {
        String[] parts = line.split("\t", 2);
        rows.add(new Row(parts[0], parts[1]));
      }
    }
    return rows;
  }

  private static final class Score {
    int secrets;
    int found;
    int wrong;

    double precision() {
      return (found + wrong == 0) ? 1 : (double) found / (found + wrong);
    }

    double recall() {
      return (secrets == 0) ? 1 : (double) found / secrets;
    }
  }

  /** A finding is right if exactly the labelled text of that kind was replaced. */
  @Test
  void redact_ofTheLabelledSet_findsTheSecretsAndNothingElse() throws IOException {
    Map<SecretKind, Score> scores = new EnumMap<>(SecretKind.class);
    for (SecretKind kind : SecretKind.values()) {
      scores.put(kind, new Score());
    }
    List<String> mistakes = new ArrayList<>();
    for (Row row : labelled()) {
      for (SecretKind kind : SecretKind.values()) {
        Redactor redactor = new Redactor(EnumSet.of(kind), List.of(), With.MASK, null);
        String redacted = redact(redactor, row.plain());
        long hits = redactor.counts()[kind.index()];
        Score score = scores.get(kind);
        boolean labelled = row.kind().equals(kind.key());
        score.secrets += labelled ? row.secrets() : 0;
        if (labelled && redacted.equals(row.masked())) {
          score.found += row.secrets();
        } else if (labelled || (hits > 0 && row.kind().equals("-"))) {
          score.wrong += (int) hits;
          mistakes.add(kind.key() + ": " + redacted + " instead of " + row.masked());
        }
      }
    }
    StringBuilder table = new StringBuilder();
    scores.forEach(
        (kind, score) ->
            table.append(
                "| `%s` | %d | %.3f | %.3f |%n"
                    .formatted(kind.key(), score.secrets, score.precision(), score.recall())));
    System.out.println(table);
    mistakes.forEach(System.out::println);

    assertThat(Files.readString(Path.of("src/docs/transforms.md")))
        .contains(table.toString().strip());
    assertThat(scores.values())
        .allMatch((score) -> score.precision() > 0.95 && score.recall() > 0.95);
  }

  @Test
  void redact_again_changesNothing() throws IOException {
    for (With with : With.values()) {
      Redactor redactor = all(with);
      for (Row row : labelled()) {
        String once = redact(redactor, row.plain());
        assertThat(redact(redactor, once)).isEqualTo(once);
      }
    }
  }

  @Test
  void redact_withHash_givesEqualSecretsEqualHashes_thatDependOnTheKey() {
    Redactor mine = all(With.HASH);
    byte[] otherKey = "fedcba9876543210".getBytes(StandardCharsets.UTF_8);
    Redactor other = new Redactor(EnumSet.allOf(SecretKind.class), List.of(), With.HASH, otherKey);

    assertThat(redact(mine, "from a@example.com")).matches("from \\[email:[0-9a-f]{16}]");
    assertThat(redact(mine, "x a@example.com")).endsWith(redact(mine, "a@example.com"));
    assertThat(redact(other, "a@example.com")).isNotEqualTo(redact(mine, "a@example.com"));
  }

  @Test
  void redact_ofOwnPatterns_replacesTheGroup() {
    Redactor redactor =
        new Redactor(
            EnumSet.of(SecretKind.EMAIL),
            List.of(
                new Own("customer", Pattern.compile("customer=(\\w+)")),
                new Own("iban", Pattern.compile("\\b[A-Z]{2}[0-9]{20}\\b"))),
            With.MASK,
            null);

    assertThat(redact(redactor, "customer=müller x@example.com DE44500105175407324931 customer=b"))
        .isEqualTo(
            "customer=[redacted:customer]üller [redacted:email] [redacted:iban]"
                + " customer=[redacted:customer]");
    assertThat(redactor.names()).endsWith("customer", "iban");
    assertThat(redactor.counts()).endsWith(2, 1);
  }

  /** Any bytes, and any part of an array: nothing is read outside, every loop ends. */
  @Test
  void redact_ofRandomBytes_readsOnlyTheRange_andEnds() throws IOException {
    Random random = new Random(42);
    Redactor redactor = all(With.MASK);
    List<Row> rows = labelled();
    String alphabet = "@:/.-?&=eyJAKIAghp_bearer 0123456789abcdef\n";
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes;
      if (i % 2 == 0) {
        bytes = new byte[random.nextInt(60)];
        for (int at = 0; at < bytes.length; at++) {
          bytes[at] = (byte) alphabet.charAt(random.nextInt(alphabet.length()));
        }
      } else {
        byte[] text =
            rows.get(random.nextInt(rows.size())).plain().getBytes(StandardCharsets.UTF_8);
        int from = random.nextInt(text.length + 1);
        bytes = Arrays.copyOfRange(text, from, from + random.nextInt(text.length - from + 1));
      }
      byte[] framed = new byte[bytes.length + 8];
      Arrays.fill(framed, (byte) '7');
      System.arraycopy(bytes, 0, framed, 4, bytes.length);
      ByteBuilder inner = new ByteBuilder(16);
      ByteBuilder outer = new ByteBuilder(16);
      boolean found = redactor.redact(bytes, 0, bytes.length, true, inner);
      assertThat(redactor.redact(framed, 4, 4 + bytes.length, true, outer)).isEqualTo(found);
      assertThat(outer.toString()).isEqualTo(inner.toString());
    }
  }
}
