package io.logcaster.query.exec.text;

import io.logcaster.record.BytesPredicate;
import io.logcaster.record.TextShape;
import io.logcaster.record.TextShape.Gap;
import io.logcaster.record.Verdict;
import io.logcaster.record.Verdict.GapCondition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Determines which texts of a shape contain a phrase, by aligning it with parts and gaps in every
 * way that the bytes allow. If it covers a gap or one end of it, the content of the gap becomes a
 * condition; if it lies within a part, all texts contain it.
 */
public final class PhraseShapes {

  /** What must be next to the phrase. */
  public enum Edge {
    ANY,

    /** No letter, digit or underscore. */
    WORD,

    /** Nothing: the value begins or ends there. */
    VALUE
  }

  private enum Answer {
    NO,
    MAYBE,
    YES
  }

  private final TextShape shape;

  private final Needle needle;

  private final byte[] text;

  private final Edge start;

  private final Edge end;

  /** Tests a value that is the content of one gap. */
  private final BytesPredicate whole;

  private final List<List<GapCondition>> ways = new ArrayList<>();

  private boolean found;

  /** Whether a text that meets the conditions of a way may still lack the phrase. */
  private boolean inexact;

  private boolean unknown;

  private PhraseShapes(TextShape shape, Needle needle, Edge start, Edge end, BytesPredicate whole) {
    this.shape = shape;
    this.needle = needle;
    text = needle.text();
    this.start = start;
    this.end = end;
    this.whole = whole;
  }

  /**
   * Judges the texts of a shape.
   *
   * @param needle the phrase
   * @param predicate what the edges describe
   */
  public static Verdict judge(
      TextShape shape, Needle needle, Edge start, Edge end, BytesPredicate predicate) {
    if (needle.length() == 0) {
      return (start == Edge.VALUE && end == Edge.VALUE) ? Verdict.UNKNOWN : Verdict.YES;
    }
    PhraseShapes search = new PhraseShapes(shape, needle, start, end, predicate);
    for (int part = 0; part <= shape.gaps().size() && !search.found; part++) {
      search.beginInPart(part);
    }
    for (int gap = 0; gap < shape.gaps().size() && !search.found; gap++) {
      search.beginInGap(gap);
    }
    return search.found
        ? Verdict.YES
        : search.unknown
            ? Verdict.UNKNOWN
            : search.inexact ? Verdict.onlyIfAnyOf(search.ways) : Verdict.anyOf(search.ways);
  }

  private void beginInPart(int number) {
    byte[] part = shape.parts().get(number);
    for (int at = needle.find(part, 0, part.length);
        at >= 0;
        at = needle.find(part, at + 1, part.length)) {
      finish(List.of(), before(number, at), after(number, at + text.length));
    }
    if (number < shape.gaps().size()) {
      for (int at = Math.max(0, part.length - text.length + 1); at < part.length; at++) {
        int length = part.length - at;
        if (isFirst(part[at]) && isSame(part, at, 0, length)) {
          enter(number, length, List.of(), before(number, at));
        }
      }
    }
  }

  /** The phrase lies in a gap, or begins in it. */
  private void beginInGap(int number) {
    Gap gap = shape.gaps().get(number);
    int length = common(gap, 0);
    if (length == 0) {
      return;
    }
    Answer before = before(number, shape.parts().get(number).length);
    Answer after = after(number + 1, 0);
    if (length == text.length && length <= gap.maxLength()) {
      inside(number, before, after);
    }
    for (int taken = 1; taken <= Math.min(length, text.length - 1); taken++) {
      if (taken > gap.maxLength()) {
        break;
      }
      byte[] tail = Arrays.copyOf(text, taken);
      if (start == Edge.ANY) {
        resume(
            number + 1, taken, List.of(new GapCondition(number, null, ending(tail))), Answer.YES);
      } else if (start == Edge.WORD && !gap.isInWord()) {
        resume(
            number + 1, taken, List.of(new GapCondition(number, null, ending(tail))), Answer.MAYBE);
      } else {
        resume(number + 1, taken, List.of(equal(number, tail)), before);
      }
    }
  }

  private void inside(int number, Answer before, Answer after) {
    boolean inWord = shape.gaps().get(number).isInWord();
    if ((start == Edge.WORD || end == Edge.WORD) && !inWord) {
      // The predicate finds edges in the content itself; those at its ends must hold, too.
      boolean same = start != Edge.VALUE && end != Edge.VALUE;
      Answer outside =
          (same && before == Answer.YES && after == Answer.YES) ? Answer.YES : Answer.MAYBE;
      finish(List.of(new GapCondition(number, null, whole)), outside, Answer.YES);
    } else if (start != Edge.ANY && end != Edge.ANY) {
      finish(List.of(equal(number, text)), before, after);
    } else if (start != Edge.ANY) {
      finish(List.of(new GapCondition(number, null, beginning(text))), before, Answer.YES);
    } else if (end != Edge.ANY) {
      finish(List.of(new GapCondition(number, null, ending(text))), Answer.YES, after);
    } else {
      finish(List.of(new GapCondition(number, null, whole)), Answer.YES, Answer.YES);
    }
  }

  /** The phrase reaches a gap with {@code at} of its bytes before it. */
  private void enter(int number, int at, List<GapCondition> conditions, Answer before) {
    if (before == Answer.NO || found) {
      return;
    }
    Gap gap = shape.gaps().get(number);
    int rest = text.length - at;
    int length = Math.min(common(gap, at), gap.maxLength());
    if (length >= rest) {
      byte[] head = Arrays.copyOfRange(text, at, text.length);
      if (end == Edge.ANY) {
        finish(
            with(conditions, new GapCondition(number, null, beginning(head))), before, Answer.YES);
      } else if (end == Edge.WORD && !gap.isInWord()) {
        finish(
            with(conditions, new GapCondition(number, null, beginning(head))),
            Answer.MAYBE,
            Answer.YES);
      } else {
        finish(with(conditions, equal(number, head)), before, after(number + 1, 0));
      }
    }
    for (int taken = gap.minLength(); taken <= Math.min(length, rest - 1); taken++) {
      byte[] content = Arrays.copyOfRange(text, at, at + taken);
      resume(number + 1, at + taken, with(conditions, equal(number, content)), before);
    }
  }

  /** Continues the phrase at the beginning of a part, after {@code at} of its bytes. */
  private void resume(int number, int at, List<GapCondition> conditions, Answer before) {
    byte[] part = shape.parts().get(number);
    int rest = text.length - at;
    if (before == Answer.NO || found || !isSame(part, 0, at, Math.min(rest, part.length))) {
      return;
    }
    if (rest <= part.length) {
      finish(conditions, before, after(number, rest));
    } else if (number < shape.gaps().size()) {
      enter(number, at + part.length, conditions, before);
    }
  }

  private void finish(List<GapCondition> conditions, Answer before, Answer after) {
    if (before == Answer.NO || after == Answer.NO) {
      return;
    }
    boolean certain = before == Answer.YES && after == Answer.YES;
    if (!conditions.isEmpty()) {
      ways.add(conditions);
      inexact |= !certain;
    } else if (certain) {
      found = true;
    } else {
      unknown = true;
    }
  }

  /** Whether the phrase may begin at a place of a part. */
  private Answer before(int number, int at) {
    byte[] part = shape.parts().get(number);
    return switch (start) {
      case ANY -> Answer.YES;
      case WORD -> {
        if (at > 0) {
          yield WordBoundaries.endsWord(part, 0, at) ? Answer.NO : Answer.YES;
        }
        yield (number == 0) ? Answer.YES : beside(number - 1);
      }
      case VALUE -> {
        if (at > 0) {
          yield Answer.NO;
        }
        Answer answer = Answer.YES;
        for (int i = 0; i < number; i++) {
          boolean mayBeEmpty =
              shape.parts().get(i).length == 0 && shape.gaps().get(i).minLength() == 0;
          answer = mayBeEmpty ? Answer.MAYBE : Answer.NO;
          if (!mayBeEmpty) {
            break;
          }
        }
        yield answer;
      }
    };
  }

  /** Whether the phrase may end at a place of a part. */
  private Answer after(int number, int at) {
    byte[] part = shape.parts().get(number);
    int last = shape.gaps().size();
    return switch (end) {
      case ANY -> Answer.YES;
      case WORD -> {
        if (at < part.length) {
          yield WordBoundaries.startsWord(part, at) ? Answer.NO : Answer.YES;
        }
        yield (number == last) ? Answer.YES : beside(number);
      }
      case VALUE -> {
        if (at < part.length) {
          yield Answer.NO;
        }
        Answer answer = Answer.YES;
        for (int i = number; i < last; i++) {
          boolean mayBeEmpty =
              shape.parts().get(i + 1).length == 0 && shape.gaps().get(i).minLength() == 0;
          answer = mayBeEmpty ? Answer.MAYBE : Answer.NO;
          if (!mayBeEmpty) {
            break;
          }
        }
        yield answer;
      }
    };
  }

  /** Whether a word may end where a gap begins, or begin where it ends. */
  private Answer beside(int gap) {
    return shape.gaps().get(gap).isInWord() ? Answer.NO : Answer.MAYBE;
  }

  /** The number of bytes of the phrase, from an index on, that a gap may contain. */
  private int common(Gap gap, int from) {
    int at = from;
    while (at < text.length && mayHave(gap, text[at])) {
      at++;
    }
    return at - from;
  }

  private boolean mayHave(Gap gap, byte b) {
    return gap.alphabet().has(b)
        || (needle.isAnyCase() && b >= 'a' && b <= 'z' && gap.alphabet().has((byte) (b - 32)));
  }

  private boolean isFirst(byte b) {
    return (needle.isAnyCase() ? Needle.fold(b) : b) == text[0];
  }

  private boolean isSame(byte[] part, int from, int textFrom, int length) {
    for (int i = 0; i < length; i++) {
      byte b = part[from + i];
      if ((needle.isAnyCase() ? Needle.fold(b) : b) != text[textFrom + i]) {
        return false;
      }
    }
    return true;
  }

  private static List<GapCondition> with(List<GapCondition> conditions, GapCondition added) {
    List<GapCondition> longer = new ArrayList<>(conditions);
    longer.add(added);
    return longer;
  }

  private GapCondition equal(int gap, byte[] content) {
    return new GapCondition(
        gap,
        needle.isAnyCase() ? null : content,
        (bytes, from, to) -> to - from == content.length && isAt(content, bytes, from));
  }

  private BytesPredicate beginning(byte[] head) {
    return (bytes, from, to) -> to - from >= head.length && isAt(head, bytes, from);
  }

  private BytesPredicate ending(byte[] tail) {
    return (bytes, from, to) -> to - from >= tail.length && isAt(tail, bytes, to - tail.length);
  }

  /** Whether a piece of the phrase is in a value, which has enough bytes from that index on. */
  private boolean isAt(byte[] piece, byte[] bytes, int from) {
    if (!needle.isAnyCase()) {
      return Arrays.equals(piece, 0, piece.length, bytes, from, from + piece.length);
    }
    for (int i = 0; i < piece.length; i++) {
      if (Needle.fold(bytes[from + i]) != piece[i]) {
        return false;
      }
    }
    return true;
  }
}
