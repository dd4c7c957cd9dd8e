package io.logcaster.ingest.text;

import io.logcaster.ingest.Protocol;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a sender of text speaks. A constant says how its messages begin and by which rules they end;
 * {@link MessageReader} reads them. To add a protocol, add a constant here, and its parser there.
 */
public enum TextProtocol {
  /** No message was seen yet, so that the rules of all protocols apply. */
  UNKNOWN("unknown", Trait.MAY_BE_SYSLOG, Trait.BREAKS_OBJECTS),
  SYSLOG("syslog", '<', "syslog: no priority", Trait.MAY_BE_SYSLOG, Trait.PADS_DELIMITERS),
  JSON("json", '{', "json: no object", Trait.HAS_OBJECTS, Trait.BREAKS_OBJECTS),
  GELF(
      "gelf",
      '{',
      "gelf: no object",
      Trait.HAS_OBJECTS,
      Trait.BREAKS_OBJECTS,
      Trait.PADS_DELIMITERS,
      Trait.ENDS_WITH_NUL),
  RAW("raw"),
  /** Blocks of whole lines, each of which tells by itself what it is. */
  LINES("lines");

  private enum Trait {
    MAY_BE_SYSLOG,
    PADS_DELIMITERS,
    ENDS_WITH_NUL,
    HAS_OBJECTS,
    BREAKS_OBJECTS
  }

  /** No byte has this value. */
  private static final int NONE = 256;

  private final String text;
  private final int first;
  private final @Nullable String misfit;

  // Fields, not a set: they are read for each message.
  private final boolean mayBeSyslog;
  private final boolean padsDelimiters;
  private final boolean endsWithNul;
  private final boolean hasObjects;
  private final boolean breaksObjects;

  TextProtocol(String text, Trait... traits) {
    this(text, NONE, null, traits);
  }

  TextProtocol(String text, int first, @Nullable String misfit, Trait... traits) {
    Set<Trait> all = Set.of(traits);
    this.text = text;
    this.first = first;
    this.misfit = misfit;
    this.mayBeSyslog = all.contains(Trait.MAY_BE_SYSLOG);
    this.padsDelimiters = all.contains(Trait.PADS_DELIMITERS);
    this.endsWithNul = all.contains(Trait.ENDS_WITH_NUL);
    this.hasObjects = all.contains(Trait.HAS_OBJECTS);
    this.breaksObjects = all.contains(Trait.BREAKS_OBJECTS);
  }

  /**
   * What every message of a port is.
   *
   * @return null where each sender decides
   * @throws IllegalArgumentException if the port's protocol is not one of text
   */
  public static @Nullable TextProtocol of(Protocol port) {
    return switch (port) {
      case AUTO -> null;
      case SYSLOG -> SYSLOG;
      case JSON -> JSON;
      case GELF -> GELF;
      case RAW -> RAW;
      case FORWARD, LUMBERJACK, FRAMED ->
          throw new IllegalArgumentException(port.text() + " is not a protocol of text");
    };
  }

  /** The name in the books of a connection. */
  public String text() {
    return text;
  }

  /** Whether a message may begin with a byte, where all messages are of this protocol. */
  boolean mayBegin(byte b) {
    return first == b;
  }

  /** Why a message that begins otherwise is kept as a plain line; null where it is read as one. */
  @Nullable String misfit() {
    return misfit;
  }

  /** Whether messages may be syslog, which may have several lines and counted octets. */
  boolean mayBeSyslog() {
    return mayBeSyslog;
  }

  /** Whether a message of syslog may begin with a byte. */
  boolean maySyslogBegin(byte b) {
    return b == '<' && mayBeSyslog;
  }

  /** Whether more delimiters than one may stand between messages. */
  boolean padsDelimiters() {
    return padsDelimiters;
  }

  /** Whether NUL ends messages, which may have line feeds in them. */
  boolean endsWithNul() {
    return endsWithNul;
  }

  /** Whether a message may be an object, where all messages are of this protocol. */
  boolean hasObjects() {
    return hasObjects;
  }

  /** Whether objects may have line feeds between their parts. */
  boolean breaksObjects() {
    return breaksObjects;
  }
}
