package io.logcaster.transform;

import java.util.List;

/**
 * Decides which lines belong to the line before them, for programs whose language nobody has said.
 * Puts together the rules of all languages, and leaves out what looks like an ordinary line in
 * another one. Keeps the state of one record at a time; not thread-safe.
 */
public final class TraceLines {

  private static final List<String> HEADS =
      List.of(
          "Caused by: ",
          "Suppressed: ",
          "Traceback (most recent call last):",
          "--- End of ",
          "---> ");

  private static final List<String> EXCEPTIONS = List.of("Exception", "Error", "Throwable");

  /** Whether there was a traceback of Python, and whether the last line is within one. */
  private boolean tracebacks;

  private boolean inTraceback;
  private boolean inGo;
  private boolean inNode;

  /** Begins a record with its first line. */
  public void begin(byte[] line, int from, int to) {
    tracebacks = false;
    inTraceback = false;
    inGo = false;
    inNode = false;
    note(line, from, to);
  }

  /** Takes a line if it belongs to the record. */
  public boolean take(byte[] line, int from, int to) {
    boolean continues =
        LineRule.INDENTATION.continues(line, from, to, false)
            || HEADS.stream().anyMatch((head) -> LineRule.begins(line, from, to, head))
            || isQualifiedException(line, from, to)
            || (tracebacks && LineRule.PYTHON.continues(line, from, to, inTraceback))
            || (inGo && LineRule.GO.continues(line, from, to, true))
            || (inNode && LineRule.NODE.continues(line, from, to, true));
    if (continues) {
      note(line, from, to);
    }
    return continues;
  }

  /** With its package: a mere {@code Error: text} is a message of many programs. */
  private static boolean isQualifiedException(byte[] line, int from, int to) {
    return LineRule.isClassName(line, from, to, EXCEPTIONS)
        && LineRule.indexOf(line, from, LineRule.nameEnd(line, from, to), '.') > from;
  }

  private void note(byte[] line, int from, int to) {
    inTraceback = LineRule.PYTHON.isTrace(line, from, to, inTraceback);
    tracebacks |= inTraceback;
    inGo = LineRule.GO.isTrace(line, from, to, inGo);
    inNode = LineRule.NODE.isTrace(line, from, to, inNode);
  }
}
