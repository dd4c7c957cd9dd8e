package io.logcaster.storage.segment.column;

import io.logcaster.record.TextShape;
import io.logcaster.record.TextShape.Alphabet;
import io.logcaster.record.TextShape.Gap;
import java.util.Arrays;
import java.util.List;

/**
 * What all texts of a template share, for putting them together and for judging them.
 *
 * @param fixed the parts that all texts share, back to back; includes the affixes of the variables
 * @param fixedEnds where the part before each variable ends in {@code fixed}
 * @param shape the parts that all texts share, and the gaps between them
 * @param gapVariables for each gap of the shape, the index of its variable
 * @param gapsWhole for each gap, whether it includes the affixes of its variable
 */
@SuppressWarnings("ArrayRecordComponent") // read-only, never compared
record TemplateParts(
    byte[] fixed, int[] fixedEnds, TextShape shape, int[] gapVariables, boolean[] gapsWhole) {

  private static final Gap ANYTHING = new Gap(Alphabet.ANY, 0, Integer.MAX_VALUE);

  /**
   * Computes the parts of a template.
   *
   * @param text the text, with a byte for each variable
   * @param places where the variables are in the text
   */
  static TemplateParts of(byte[] text, int[] places, VariableLayout[] variables) {
    int[] gapVariables = new int[variables.length];
    boolean[] gapsWhole = new boolean[variables.length];
    int[] fixedEnds = new int[variables.length];
    byte[] fixed = new byte[fixedLength(text, variables)];
    byte[][] parts = new byte[variables.length + 1][];
    Gap[] gaps = new Gap[variables.length];
    int count = 0;
    int at = 0;
    int start = 0;
    int partStart = 0;
    for (int i = 0; i < variables.length; i++) {
      VariableLayout words = variables[i];
      int partEnd = put(text, start, places[i], fixed, at);
      start = places[i] + 1;
      at = put(words.prefix(), 0, words.prefix().length, fixed, partEnd);
      fixedEnds[i] = at;
      at = put(words.suffix(), 0, words.suffix().length, fixed, at);
      if (!(words instanceof ConstantVariable)) {
        // Affixes are bytes and may split a character; only ASCII affixes can join the parts.
        boolean ascii = words.affixes.isAscii();
        gapVariables[count] = i;
        gapsWhole[count] = !ascii;
        gaps[count] = ascii ? words.gap() : ANYTHING;
        parts[count++] = Arrays.copyOfRange(fixed, partStart, ascii ? fixedEnds[i] : partEnd);
        partStart = ascii ? fixedEnds[i] : at;
      }
    }
    put(text, start, text.length, fixed, at);
    parts[count] = Arrays.copyOfRange(fixed, partStart, fixed.length);
    TextShape shape =
        new TextShape(
            List.of((count == variables.length) ? parts : Arrays.copyOf(parts, count + 1)),
            List.of((count == variables.length) ? gaps : Arrays.copyOf(gaps, count)));
    return new TemplateParts(fixed, fixedEnds, shape, gapVariables, gapsWhole);
  }

  private static int fixedLength(byte[] text, VariableLayout[] variables) {
    int length = text.length - variables.length;
    for (VariableLayout variable : variables) {
      length += variable.affixes.length();
    }
    return length;
  }

  private static int put(byte[] source, int from, int to, byte[] target, int at) {
    System.arraycopy(source, from, target, at, to - from);
    return at + to - from;
  }
}
