package io.logcaster.query.exec.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.query.exec.text.AutomatonShapesTest.Pieces;
import io.logcaster.record.ByteBuilder;
import io.logcaster.record.TextShape.Alphabet;
import io.logcaster.record.TextShape.Gap;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class CollapseNumsTest {

  private static String ofText(String text, boolean prettify) {
    ByteBuilder target = new ByteBuilder(16);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    CollapseNums.mapper(prettify).map(bytes, 0, bytes.length, target);
    return target.toString();
  }

  @Property(tries = 20_000)
  void map_ofAShapeWithOneResult_isThatOfEachText(
      @ForAll("pieces") Pieces pieces, @ForAll boolean prettify) {
    ByteBuilder target = new ByteBuilder(16);
    if (CollapseNums.mapper(prettify).map(pieces.shape(), target)) {
      assertThat(target.toString()).isEqualTo(ofText(pieces.text(), prettify));
    }
  }

  @Test
  void map_ofNumbersBetweenOtherCharacters_isDecidedByTheShape() {
    Pieces pieces =
        new Pieces(
            "from ",
            List.of(
                new Pieces.Piece(new Gap(Alphabet.DIGITS, 1, 3), "10", "."),
                new Pieces.Piece(new Gap(Alphabet.DIGITS, 0, 2), "", "1 port 0x"),
                new Pieces.Piece(new Gap(Alphabet.LOWER_HEX, 4, 4), "0a1f", " E")));
    ByteBuilder target = new ByteBuilder(16);

    assertThat(CollapseNums.mapper(false).map(pieces.shape(), target)).isTrue();

    assertThat(target.toString()).isEqualTo("from <N>.<N> port 0x<N> E");
  }

  @Provide
  Arbitrary<Pieces> pieces() {
    Arbitrary<String> parts =
        Arbitraries.of("a", "g", "T", "x", "1", "E", " ", "-", ":", ".", "Z", "\u00e9")
            .list()
            .ofMaxSize(3)
            .map((texts) -> String.join("", texts));
    return Combinators.combine(
            parts,
            Arbitraries.oneOf(
                    piece(Alphabet.DIGITS, "0129", 1, 5, parts),
                    piece(Alphabet.DIGITS, "0129", 0, 2, parts),
                    piece(Alphabet.DIGITS, "0129", 2, 2, parts),
                    piece(Alphabet.LOWER_HEX, "01af", 3, 3, parts),
                    piece(Alphabet.LOWER_HEX, "01af", 4, 4, parts),
                    piece(Alphabet.UPPER_HEX, "01AF", 4, 4, parts),
                    piece(Alphabet.WORD, "01ag_", 1, 4, parts))
                .list()
                .ofMaxSize(3))
        .as(Pieces::new);
  }

  private static Arbitrary<Pieces.Piece> piece(
      Alphabet alphabet, String chars, int min, int max, Arbitrary<String> parts) {
    Gap gap = new Gap(alphabet, min, max);
    return Combinators.combine(
            Arbitraries.strings().withChars(chars.toCharArray()).ofMinLength(min).ofMaxLength(max),
            parts)
        .as((content, part) -> new Pieces.Piece(gap, content, part));
  }
}
