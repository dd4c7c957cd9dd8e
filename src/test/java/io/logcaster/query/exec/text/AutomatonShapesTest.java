package io.logcaster.query.exec.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.query.exec.filter.PhraseMatcher;
import io.logcaster.query.exec.filter.RegexpMatcher;
import io.logcaster.query.exec.filter.SubstringMatcher;
import io.logcaster.record.TextShape;
import io.logcaster.record.TextShape.Alphabet;
import io.logcaster.record.TextShape.Gap;
import io.logcaster.record.Verdict;
import io.logcaster.record.Verdict.GapCondition;
import io.logcaster.record.Verdict.Walk;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class AutomatonShapesTest {

  /** A text in pieces: a part, then a gap with its content and the next part, and so on. */
  record Pieces(String first, List<Piece> rest) {

    record Piece(Gap gap, String content, String part) {}

    TextShape shape() {
      List<byte[]> parts = new ArrayList<>(List.of(bytes(first)));
      rest.forEach((piece) -> parts.add(bytes(piece.part())));
      return new TextShape(parts, rest.stream().map(Piece::gap).toList());
    }

    String text() {
      StringBuilder text = new StringBuilder(first);
      rest.forEach((piece) -> text.append(piece.content()).append(piece.part()));
      return text.toString();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Property(tries = 20_000)
  void judge_ofAnyShape_agreesWithTheTextItself(
      @ForAll("expressions") String expression, @ForAll("pieces") Pieces pieces) {
    ByteAutomaton automaton = Objects.requireNonNull(ByteAutomaton.of(expression));
    byte[] text = bytes(pieces.text());
    boolean expected = automaton.find(text, 0, text.length);

    check(automaton.judge(pieces.shape()), expected, pieces);
    check(new RegexpMatcher(expression).judge(pieces.shape()), expected, pieces);
  }

  @Property(tries = 20_000)
  void judge_ofAPhrase_agreesWithTheTextItself(
      @ForAll("phrases") String phrase, @ForAll("pieces") Pieces pieces) {
    byte[] text = bytes(pieces.text());
    PhraseMatcher words = PhraseMatcher.of(phrase);
    SubstringMatcher anywhere = new SubstringMatcher(phrase);

    check(words.judge(pieces.shape()), words.test(text, 0, text.length), pieces);
    check(anywhere.judge(pieces.shape()), anywhere.test(text, 0, text.length), pieces);
  }

  @Provide
  Arbitrary<String> phrases() {
    return Arbitraries.of("a", "b", "1", "12", "ab", "a1", "a b", "1 a", "-1", "a-1", "é", "é a");
  }

  private static void check(Verdict verdict, boolean expected, Pieces pieces) {
    if (verdict == Verdict.YES || verdict == Verdict.NO) {
      assertThat(verdict == Verdict.YES).isEqualTo(expected);
    } else if (!verdict.ways().isEmpty()) {
      boolean met = verdict.ways().stream().anyMatch((way) -> meets(pieces, way));
      assertThat(met).isEqualTo(verdict.isExact() ? expected : met || expected);
    }
    if (verdict.walk() != null) {
      // Twice, because a walk remembers what it has met.
      assertThat(walk(verdict.walk(), pieces)).isEqualTo(expected);
      assertThat(walk(verdict.walk(), pieces)).isEqualTo(expected);
    }
  }

  private static boolean walk(Walk walk, Pieces pieces) {
    long place = walk.start();
    int before = -1;
    while (place >= 0) {
      int gap = walk.gap(place);
      assertThat(gap).isGreaterThan(before);
      before = gap;
      byte[] content = bytes(" " + pieces.rest().get(gap).content() + " ");
      place = walk.next(place, content, 1, content.length - 1);
    }
    assertThat(place).isIn(Walk.PASSED, Walk.FAILED);
    return place == Walk.PASSED;
  }

  private static boolean meets(Pieces pieces, List<GapCondition> way) {
    return way.stream()
        .allMatch(
            (condition) -> {
              byte[] content = bytes(pieces.rest().get(condition.gap()).content());
              return condition.test().test(content, 0, content.length);
            });
  }

  @Provide
  Arbitrary<String> expressions() {
    return Arbitraries.of(
        "a",
        "ab1",
        "a[0-9]+",
        "a-?[0-9]+ b",
        "[0-9]{3}",
        "[0-9]{2,4}-",
        "[0-9a-f]{4,}[^0-9a-f]",
        "^a",
        "[0-9]$",
        "^[^ ]+ [0-9]+$",
        "(a|b).*[0-9]{2}",
        "(?i)AB",
        "a b c",
        "1.*2.*a",
        "a1.*[0-9][ab]",
        "(ab|b1)[^ ]*-[0-9]{2}",
        ".é");
  }

  @Provide
  Arbitrary<Pieces> pieces() {
    Arbitrary<String> parts =
        Arbitraries.of("a", "b", "1", " ", "-", "é", "ab", " b")
            .list()
            .ofMaxSize(3)
            .map(AutomatonShapesTest::join);
    Arbitrary<Pieces.Piece> digits =
        Combinators.combine(
                Arbitraries.strings().withChars("0123").ofMinLength(1).ofMaxLength(5), parts)
            .as((content, part) -> new Pieces.Piece(new Gap(Alphabet.DIGITS, 1, 5), content, part));
    Arbitrary<Pieces.Piece> fixed =
        Combinators.combine(Arbitraries.strings().withChars("12ab").ofLength(4), parts)
            .as(
                (content, part) ->
                    new Pieces.Piece(new Gap(Alphabet.LOWER_HEX, 4, 4), content, part));
    Arbitrary<Pieces.Piece> any =
        Combinators.combine(
                Arbitraries.of("a", "1", " ", "é")
                    .list()
                    .ofMaxSize(4)
                    .map(AutomatonShapesTest::join),
                parts)
            .as(
                (content, part) ->
                    new Pieces.Piece(new Gap(Alphabet.ANY, 0, Integer.MAX_VALUE), content, part));
    Arbitrary<Pieces.Piece> word =
        Combinators.combine(
                Arbitraries.strings().withChars("a1b").ofMinLength(1).ofMaxLength(4), parts)
            .as((content, part) -> new Pieces.Piece(new Gap(Alphabet.WORD, 1, 4), content, part));
    return Combinators.combine(
            parts, Arbitraries.oneOf(digits, fixed, any, word).list().ofMaxSize(5))
        .as(Pieces::new);
  }

  private static String join(List<String> parts) {
    return String.join("", parts);
  }

  @Test
  void judge_whereManyGapsDecide_walksThroughThem() {
    ByteAutomaton automaton = Objects.requireNonNull(ByteAutomaton.of("stage.*[0-9]{3}"));
    TextShape shape =
        new TextShape(
            List.of(
                bytes("stage "), bytes("."), bytes(" took "), bytes(" of "), bytes(" "), bytes("")),
            Collections.nCopies(5, new Gap(Alphabet.DIGITS, 1, 18)));
    Verdict verdict = automaton.judge(shape);
    Walk walk = Objects.requireNonNull(verdict.walk());

    long place = walk.start();
    assertThat(walk.gap(place)).isZero();
    place = walk.next(place, bytes("12"), 0, 2);
    assertThat(walk.gap(place)).isEqualTo(1);
    assertThat(walk.next(place, bytes("123"), 0, 3)).isEqualTo(Walk.PASSED);
    for (int gap = 1; gap < 5; gap++) {
      place = walk.next(place, bytes("1"), 0, 1);
    }
    assertThat(place).isEqualTo(Walk.FAILED);
    assertThat(verdict.isExact()).isFalse();
  }

  /** A line of 40,000 numbers is a single shape. */
  @Test
  void judge_ofAShapeOfVeryManyGaps_leavesItToTheText() {
    ByteAutomaton automaton = Objects.requireNonNull(ByteAutomaton.of("seq.*[0-9]{3}"));
    int count = 40_000;
    TextShape shape =
        new TextShape(
            Collections.nCopies(count + 1, bytes(" ")),
            Collections.nCopies(count, new Gap(Alphabet.DIGITS, 1, 5)));

    assertThat(automaton.judge(shape)).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void judge_whereOneGapDecides_asksForItAlone() {
    ByteAutomaton automaton =
        Objects.requireNonNull(ByteAutomaton.of("blk_-?[0-9]+ of size [0-9]{3}"));
    TextShape shape =
        new TextShape(
            List.of(bytes("Received block blk_"), bytes(" of size "), bytes(" from /"), bytes("")),
            List.of(
                new Gap(Alphabet.DIGITS, 1, 18),
                new Gap(Alphabet.DIGITS, 1, 18),
                new Gap(Alphabet.WORD, 1, 18)));

    Verdict verdict = automaton.judge(shape);

    assertThat(verdict.ways()).hasSize(1);
    assertThat(verdict.ways().getFirst()).extracting(GapCondition::gap).containsExactly(1);
  }
}
