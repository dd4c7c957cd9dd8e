package io.logcaster.ingest.forward;

import io.logcaster.ingest.MalformedFrameException;
import io.logcaster.ingest.forward.MsgpackReader.IncompleteException;
import io.logcaster.ingest.forward.MsgpackReader.Kind;
import java.nio.charset.StandardCharsets;

/** Writes MessagePack values as JSON. */
final class MsgpackJson {

  private static final int MAX_DEPTH = 64;

  private MsgpackJson() {}

  /** A number or truth value as text. */
  static String scalar(MsgpackReader in, Kind kind) {
    return switch (kind) {
      case BOOLEAN -> Boolean.toString(in.truth());
      case INTEGER ->
          in.isUnsigned() ? Long.toUnsignedString(in.number()) : Long.toString(in.number());
      case FLOAT -> {
        double value = in.real();
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
        yield whole ? Long.toString((long) value) : Double.toString(value);
      }
      default -> "null";
    };
  }

  static void write(MsgpackReader in, StringBuilder json)
      throws IncompleteException, MalformedFrameException {
    write(in, json, 0);
  }

  private static void write(MsgpackReader in, StringBuilder json, int depth)
      throws IncompleteException, MalformedFrameException {
    if (depth > MAX_DEPTH) {
      throw new MalformedFrameException("nested deeper than " + MAX_DEPTH);
    }
    Kind kind = in.next();
    switch (kind) {
      case TEXT, EXTENSION -> quote(in, json);
      case ARRAY, MAP -> {
        boolean map = kind == Kind.MAP;
        int count = in.count();
        json.append(map ? '{' : '[');
        for (int i = 0; i < count; i++) {
          json.append(i == 0 ? "" : ",");
          write(in, json, depth + 1);
          if (map) {
            json.append(':');
            write(in, json, depth + 1);
          }
        }
        json.append(map ? '}' : ']');
      }
      default -> json.append(scalar(in, kind));
    }
  }

  private static void quote(MsgpackReader in, StringBuilder json) {
    String text = new String(in.bytes(), in.from(), in.to() - in.from(), StandardCharsets.UTF_8);
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> json.append('\\').append(c);
        case '\n' -> json.append("\\n");
        case '\r' -> json.append("\\r");
        case '\t' -> json.append("\\t");
        default -> {
          if (c < ' ') {
            json.append("\\u%04x".formatted((int) c));
          } else {
            json.append(c);
          }
        }
      }
    }
    json.append('"');
  }
}
