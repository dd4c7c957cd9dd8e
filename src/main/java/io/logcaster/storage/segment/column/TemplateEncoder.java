package io.logcaster.storage.segment.column;

import io.logcaster.record.BytesPredicate;
import io.logcaster.record.Hash;
import io.logcaster.storage.segment.bytes.BodyWriter;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Splits texts into templates and variables, as in CLP (Rodrigues, Luo, Yuan: "CLP: Efficient and
 * Scalable Search on Compressed Text Logs", OSDI 2021), but with a simpler rule for variables: each
 * maximal run of word characters that contains a decimal digit. The characters around such a run
 * are never part of a word, so the words of a text are those of its template and of its variables.
 * The words of a template are collected once, however many rows have it.
 *
 * <p>The values of one variable of one template are stored together, in an encoding that fits their
 * form. Reusable, not thread-safe.
 */
public final class TemplateEncoder {

  /** Marks a variable in a template. This byte never occurs in UTF-8. */
  static final byte VARIABLE = BytesPredicate.RUN;

  /** With more templates than this, templates do not pay. Two bytes could number 65,536. */
  static final int MAX_TEMPLATES = 4096;

  /** This many templates are allowed before they have to repeat. */
  private static final int FREE_TEMPLATES = 256;

  /** With fewer rows per template on average, plain compression is smaller. */
  private static final int MIN_ROWS_PER_TEMPLATE = 8;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final LongsEncoder longs;

  private final VariableEncoder words;

  private final FoundTemplates templates = new FoundTemplates();

  /** The variables of all rows, in the order of the rows. */
  private final TemplateVariables variables = new TemplateVariables();

  private int[] rowTemplates = new int[0];

  private int[] rowVariables = new int[0];

  private int[] grouped = new int[0];

  private int[] slot = new int[0];

  private long[] numbers = new long[0];

  public TemplateEncoder(LongsEncoder longs) {
    this.longs = longs;
    words = new VariableEncoder(longs);
  }

  /**
   * Finds the templates of values and adds the values' words to a set.
   *
   * @return whether templates pay; if not, the set is incomplete
   */
  public boolean analyze(TextSlices values, TokenSet tokens) {
    begin(values.count());
    byte[] bytes = values.bytes();
    for (int row = 0; row < values.count(); row++) {
      int template = analyze(bytes, values.start(row), values.end(row), row, tokens);
      if (template < 0) {
        return false;
      }
      rowTemplates[row] = template;
      templates.addRow(template);
    }
    return true;
  }

  /** Returns the template of a value; -1 if there would be too many, or it cannot have one. */
  private int analyze(byte[] bytes, int start, int end, int row, TokenSet tokens) {
    int first = variables.count();
    rowVariables[row] = first;
    long ends = FoundTemplates.ends(bytes, start, end);
    int guess = templates.guess(ends, end - start);
    if (guess >= 0) {
      if (templates.matches(guess, bytes, start, end, variables, tokens)) {
        return guess;
      }
      variables.count(first);
    }
    long hash = split(bytes, start, end, tokens);
    int template = templates.find(bytes, start, end, variables, first, hash);
    if (template < 0) {
      int count = templates.count();
      if (count >= Math.min(MAX_TEMPLATES, FREE_TEMPLATES + row / MIN_ROWS_PER_TEMPLATE)
          || !templates.add(bytes, start, end, variables, first, hash, tokens)) {
        return -1;
      }
      template = count;
    }
    templates.remember(ends, end - start, template);
    return template;
  }

  /** The number of templates that the last {@link #analyze} found. */
  public int count() {
    return templates.count();
  }

  /** The template of a value. */
  public int template(int value) {
    return rowTemplates[value];
  }

  /** A hash of a template's text. */
  public long hash(int template) {
    return templates.hash(template);
  }

  private void begin(int rows) {
    templates.clear();
    variables.count(0);
    if (rowTemplates.length < rows) {
      int capacity = Math.max(rows, rowTemplates.length * 2);
      rowTemplates = new int[capacity];
      rowVariables = new int[capacity];
      grouped = new int[capacity];
      slot = new int[capacity];
      numbers = new long[capacity];
    }
  }

  /** Finds the variables of a value and returns the hash of the text between them. */
  private long split(byte[] bytes, int from, int to, TokenSet tokens) {
    long hash = 0;
    int fixed = from;
    int at = from;
    while (true) {
      int digit = nextDigit(bytes, at, to);
      if (digit == to) {
        break;
      }
      int start = digit;
      while (start > fixed && TemplateVariables.isWord(bytes[start - 1])) {
        start--;
      }
      int end = variables.add(bytes, start, to);
      variables.addWords(bytes, start, end, tokens);
      hash = Hash.bytes(bytes, fixed, start, hash);
      fixed = end;
      at = end;
    }
    return Hash.bytes(bytes, fixed, to, hash);
  }

  /**
   * Returns the index of the first digit from {@code from} on, or {@code to}. Tests eight bytes at
   * a time.
   */
  private static int nextDigit(byte[] bytes, int from, int to) {
    int at = from;
    for (; at + 8 <= to; at += 8) {
      long word = (long) LONGS.get(bytes, at);
      long shifted = word ^ DecimalDigits.ZEROS;
      long digits =
          ~(((shifted & DecimalDigits.LOW_BITS) + DecimalDigits.FROM_TEN) | shifted)
              & DecimalDigits.HIGH_BITS;
      if (digits != 0) {
        return at + (Long.numberOfTrailingZeros(digits) >>> 3);
      }
    }
    while (at < to && (bytes[at] < '0' || bytes[at] > '9')) {
      at++;
    }
    return at;
  }

  /** Writes what the last {@link #analyze} found; {@code values} must be the same. */
  public void encode(TextSlices values, BodyWriter body) {
    int count = templates.count();
    body.meta.putVarint(count);
    int from = 0;
    for (int i = 0; i < count; i++) {
      body.meta.putSized(templates.texts(), from, templates.end(i));
      from = templates.end(i);
    }
    int rows = values.count();
    for (int row = 0; row < rows; row++) {
      numbers[row] = rowTemplates[row];
    }
    longs.encode(numbers, rows, body);
    group(rows);
    int start = 0;
    for (int template = 0; template < count; template++) {
      int end = start + templates.rows(template);
      for (int variable = 0; variable < templates.variables(template); variable++) {
        number(start, end, variable);
        words.encode(values.bytes(), variables, slot, end - start, body);
      }
      start = end;
    }
  }

  /** Finds the indexes of one variable of a template in {@link #variables}, row by row. */
  private void number(int start, int end, int variable) {
    for (int i = start; i < end; i++) {
      slot[i - start] = rowVariables[grouped[i]] + variable;
    }
  }

  /** Orders the rows by template. */
  private void group(int rows) {
    int[] places = new int[templates.count()];
    for (int template = 1; template < places.length; template++) {
      places[template] = places[template - 1] + templates.rows(template - 1);
    }
    for (int row = 0; row < rows; row++) {
      grouped[places[rowTemplates[row]]++] = row;
    }
  }
}
