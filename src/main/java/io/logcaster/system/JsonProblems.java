package io.logcaster.system;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Describes what is wrong with a JSON request body, naming the property or the position. */
final class JsonProblems {

  private JsonProblems() {}

  static ProblemDetail of(HttpMessageNotReadableException failure) {
    return switch (jackson(failure)) {
      case UnrecognizedPropertyException unknown -> unknownProperty(unknown);
      case StreamReadException syntax -> syntax(syntax);
      case InvalidFormatException format ->
          invalidProperty(
              format,
              "cannot be %s%s"
                  .formatted(quoted(format.getValue()), expected(format.getTargetType())));
      case DatabindException missing when isMissing(missing) ->
          problem("missing_property", path(missing), "is required.");
      case DatabindException other -> invalidProperty(other, reason(other));
      case null, default ->
          Problems.of(
              HttpStatus.BAD_REQUEST, "invalid_body", "The request body is missing or unreadable.");
    };
  }

  private static @Nullable JacksonException jackson(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof JacksonException jackson) {
        return jackson;
      }
    }
    return null;
  }

  private static ProblemDetail unknownProperty(UnrecognizedPropertyException failure) {
    Collection<Object> known = failure.getKnownPropertyIds();
    String property = path(failure);
    ProblemDetail problem =
        Problems.of(
            HttpStatus.BAD_REQUEST,
            "unknown_property",
            "Unknown property '%s'%s."
                .formatted(
                    property,
                    known == null || known.isEmpty()
                        ? ""
                        : ", known: "
                            + known.stream()
                                .map(Object::toString)
                                .sorted()
                                .collect(Collectors.joining(", "))));
    problem.setProperty("property", property);
    return problem;
  }

  private static ProblemDetail syntax(StreamReadException failure) {
    ProblemDetail problem =
        Problems.of(
            HttpStatus.BAD_REQUEST, "invalid_json", "Not JSON: " + failure.getOriginalMessage());
    TokenStreamLocation place = failure.getLocation();
    if (place != null && place.getLineNr() > 0) {
      problem.setProperty("line", place.getLineNr());
      problem.setProperty("column", place.getColumnNr());
    }
    return problem;
  }

  /** Whether a required number or boolean is absent or null. */
  private static boolean isMissing(DatabindException failure) {
    return failure instanceof MismatchedInputException mismatch
        && mismatch.getTargetType() != null
        && mismatch.getTargetType().isPrimitive()
        && String.valueOf(failure.getOriginalMessage()).contains("`null`");
  }

  private static ProblemDetail invalidProperty(DatabindException failure, String reason) {
    return problem("invalid_property", path(failure), reason);
  }

  private static ProblemDetail problem(String code, String property, String reason) {
    ProblemDetail problem =
        Problems.of(
            HttpStatus.BAD_REQUEST,
            code,
            property.isEmpty() ? "The body " + reason : "Property '" + property + "' " + reason);
    if (!property.isEmpty()) {
      problem.setProperty("property", property);
    }
    return problem;
  }

  /** Prefers the message of the record's constructor; Jackson's own wording names Java types. */
  private static String reason(DatabindException failure) {
    Throwable cause = failure.getCause();
    return cause instanceof IllegalArgumentException && cause.getMessage() != null
        ? "is not valid: " + cause.getMessage()
        : "has a value of the wrong type.";
  }

  private static String expected(@Nullable Class<?> type) {
    if (type == null) {
      return ".";
    }
    if (type.isEnum()) {
      return ", expected one of " + List.of(type.getEnumConstants()) + ".";
    }
    if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
      return type == boolean.class ? ", expected true or false." : ", expected a number.";
    }
    if (type == Instant.class) {
      return ", expected a time such as 2026-01-31T12:00:00Z.";
    }
    return ", expected a " + type.getSimpleName().toLowerCase(Locale.ROOT) + ".";
  }

  private static String quoted(@Nullable Object value) {
    return value instanceof CharSequence ? "'" + value + "'" : String.valueOf(value);
  }

  /** {@code rules[2].threshold} */
  private static String path(DatabindException failure) {
    StringBuilder path = new StringBuilder();
    for (JacksonException.Reference reference : failure.getPath()) {
      if (reference.getPropertyName() == null) {
        path.append('[').append(reference.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(reference.getPropertyName());
      }
    }
    return path.toString();
  }
}
