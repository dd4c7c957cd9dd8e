package io.logcaster.storage.segment.column;

import io.logcaster.record.BytesPredicate;
import io.logcaster.record.Hash;
import io.logcaster.record.Tokens;
import io.logcaster.storage.segment.bytes.BodyWriter;
import io.logcaster.storage.segment.bytes.ByteSink;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

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

  private static final long ZEROS = 0x3030303030303030L;

  private static final long LOW_BITS = 0x7F7F7F7F7F7F7F7FL;

  private static final long HIGH_BITS = 0x8080808080808080L;

  /** Added to a byte from 0 to 127, sets the high bit if the byte is at least 10. */
  private static final long FROM_TEN = 0x7676767676767676L;

  private final LongsEncoder longs;

  private final VariableEncoder words;

  /** The texts of the templates, back to back. */
  private final ByteSink templates = new ByteSink(1 << 14);

  private int[] templateEnds = new int[64];

  private int[] templateRows = new int[64];

  private int[] templateVariables = new int[64];

  private long[] templateHashes = new long[64];

  private int templateCount;

  /** A hash table with open addressing: template number + 1; 0 marks a free slot. */
  private final short[] table = new short[MAX_TEMPLATES * 4];

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
      int start = values.start(row);
      int end = values.end(row);
      int first = variables.count();
      rowVariables[row] = first;
      long hash = split(bytes, start, end, tokens);
      int template = find(bytes, start, end, first, hash);
      if (template < 0) {
        if (templateCount >= Math.min(MAX_TEMPLATES, FREE_TEMPLATES + row / MIN_ROWS_PER_TEMPLATE)
            || !add(bytes, start, end, first, hash, tokens)) {
          return false;
        }
        template = templateCount - 1;
      }
      rowTemplates[row] = template;
      templateRows[template]++;
    }
    return true;
  }

  /** The number of templates that the last {@link #analyze} found. */
  public int count() {
    return templateCount;
  }

  /** The template of a value. */
  public int template(int value) {
    return rowTemplates[value];
  }

  /** A hash of a template's text. */
  public long hash(int template) {
    return templateHashes[template];
  }

  private void begin(int rows) {
    templates.clear();
    templateCount = 0;
    variables.clear();
    Arrays.fill(table, (short) 0);
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
      if (variables.isAscii()) {
        tokens.add(Tokens.hash(bytes, start, end));
      } else {
        Tokens.visit(bytes, start, end, tokens);
      }
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
      // Digits become 0..9, all other bytes 10 or more.
      long shifted = word ^ ZEROS;
      long digits = ~(((shifted & LOW_BITS) + FROM_TEN) | shifted) & HIGH_BITS;
      if (digits != 0) {
        return at + (Long.numberOfTrailingZeros(digits) >>> 3);
      }
    }
    while (at < to && (bytes[at] < '0' || bytes[at] > '9')) {
      at++;
    }
    return at;
  }

  private int find(byte[] bytes, int from, int to, int firstVariable, long hash) {
    int mask = table.length - 1;
    for (int at = (int) hash & mask; table[at] != 0; at = at + 1 & mask) {
      int template = table[at] - 1;
      if (templateHashes[template] == hash
          && isTemplate(template, bytes, from, to, firstVariable)) {
        return template;
      }
    }
    return -1;
  }

  private boolean isTemplate(int template, byte[] bytes, int from, int to, int firstVariable) {
    if (templateVariables[template] != variables.count() - firstVariable) {
      return false;
    }
    byte[] text = templates.array();
    int at = (template == 0) ? 0 : templateEnds[template - 1];
    int end = templateEnds[template];
    int fixed = from;
    int count = variables.count();
    for (int i = firstVariable; i <= count; i++) {
      int length = ((i < count) ? variables.from(i) : to) - fixed;
      if (length > end - at
          || !Arrays.equals(text, at, at + length, bytes, fixed, fixed + length)) {
        return false;
      }
      at += length;
      if (i < count) {
        if (at == end || text[at++] != VARIABLE) {
          return false;
        }
        fixed = variables.to(i);
      }
    }
    return at == end;
  }

  private boolean add(
      byte[] bytes, int from, int to, int firstVariable, long hash, TokenSet tokens) {
    if (templateCount == templateEnds.length) {
      templateEnds = Arrays.copyOf(templateEnds, templateCount * 2);
      templateRows = Arrays.copyOf(templateRows, templateCount * 2);
      templateVariables = Arrays.copyOf(templateVariables, templateCount * 2);
      templateHashes = Arrays.copyOf(templateHashes, templateCount * 2);
    }
    int fixed = from;
    int count = variables.count();
    for (int i = firstVariable; i <= count; i++) {
      int end = (i < count) ? variables.from(i) : to;
      for (int at = fixed; at < end; at++) {
        if (bytes[at] == VARIABLE) {
          return false;
        }
      }
      templates.put(bytes, fixed, end);
      Tokens.visit(bytes, fixed, end, tokens);
      if (i < count) {
        templates.put(VARIABLE);
        fixed = variables.to(i);
      }
    }
    templateEnds[templateCount] = templates.length();
    templateRows[templateCount] = 0;
    templateVariables[templateCount] = variables.count() - firstVariable;
    templateHashes[templateCount] = hash;
    int mask = table.length - 1;
    int at = (int) hash & mask;
    while (table[at] != 0) {
      at = at + 1 & mask;
    }
    table[at] = (short) ++templateCount;
    return true;
  }

  /** Writes what the last {@link #analyze} found; {@code values} must be the same. */
  public void encode(TextSlices values, BodyWriter body) {
    body.meta.putVarint(templateCount);
    int from = 0;
    for (int i = 0; i < templateCount; i++) {
      body.meta.putSized(templates.array(), from, templateEnds[i]);
      from = templateEnds[i];
    }
    int rows = values.count();
    for (int row = 0; row < rows; row++) {
      numbers[row] = rowTemplates[row];
    }
    longs.encode(numbers, rows, body);
    group(rows);
    int start = 0;
    for (int template = 0; template < templateCount; template++) {
      int end = start + templateRows[template];
      for (int variable = 0; variable < templateVariables[template]; variable++) {
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
    int[] places = new int[templateCount];
    for (int template = 1; template < templateCount; template++) {
      places[template] = places[template - 1] + templateRows[template - 1];
    }
    for (int row = 0; row < rows; row++) {
      grouped[places[rowTemplates[row]]++] = row;
    }
  }
}
