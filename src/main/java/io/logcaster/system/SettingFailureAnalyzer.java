package io.logcaster.system;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.core.convert.ConverterNotFoundException;
import org.springframework.validation.FieldError;

/** Says which {@code logcaster.*} setting has an invalid value, and what would be valid. */
@Order(Ordered.HIGHEST_PRECEDENCE)
class SettingFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {

  private static final String HINT = "src/docs/settings.md lists all settings with their defaults.";

  @Override
  protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
    if (!cause.getName().toString().startsWith("logcaster")) {
      return null; // Spring Boot analyzes its own settings
    }
    BindValidationException invalid = findCause(cause, BindValidationException.class);
    if (invalid != null) {
      return new FailureAnalysis(invalid(invalid), HINT, cause);
    }
    ConfigurationProperty property = cause.getProperty();
    String reason = reason(cause);
    if (property == null) {
      return new FailureAnalysis(reason, HINT, cause);
    }
    String value = String.valueOf(property.getValue());
    String description =
        "%s cannot be %s: %s%s"
            .formatted(
                property.getName(),
                shown(property.getName().toString(), value),
                reason,
                property.getOrigin() == null ? "" : " (" + property.getOrigin() + ")");
    boolean serviceLink = value.startsWith("tcp://") || value.startsWith("udp://");
    return new FailureAnalysis(
        description,
        serviceLink
            ? "Kubernetes sets this variable for a service of that name. Set enableServiceLinks to"
                + " false in the pod, or rename the service."
            : HINT,
        cause);
  }

  private static String invalid(BindValidationException failure) {
    return failure.getValidationErrors().getAllErrors().stream()
        .map(
            (error) ->
                error instanceof FieldError field
                    ? "%s.%s %s"
                        .formatted(
                            failure.getValidationErrors().getName(),
                            field.getField(),
                            field.getDefaultMessage())
                    : String.valueOf(error.getDefaultMessage()))
        .sorted()
        .collect(Collectors.joining("; "));
  }

  /**
   * Uses the message of a record's constructor; for a failed conversion, names what would be valid.
   */
  private String reason(BindException cause) {
    ConversionFailedException failed = findCause(cause, ConversionFailedException.class);
    if (failed != null) {
      return expected(failed.getTargetType().getType());
    }
    if (findCause(cause, ConverterNotFoundException.class) != null) {
      return expected(cause.getTarget().getType().resolve(Object.class));
    }
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.toString() : root.getMessage();
  }

  private static String expected(Class<?> type) {
    if (type.isEnum()) {
      return "expected one of "
          + Arrays.stream(type.getEnumConstants())
              .map((constant) -> constant.toString().toLowerCase(Locale.ROOT))
              .collect(Collectors.joining(", "));
    }
    return switch (type.getSimpleName()) {
      case "int", "Integer", "long", "Long", "short", "Short" -> "expected a whole number";
      case "double", "Double", "float", "Float" -> "expected a number";
      case "boolean", "Boolean" -> "expected true or false";
      case "Duration" -> "expected a duration such as 500ms, 5s, 1m, 2h or 7d";
      case "DataSize" -> "expected a size such as 256KB, 64MB or 1GB";
      case "InetAddress" -> "expected an address or a name that resolves to one";
      case "Path" -> "expected a path";
      default -> "expected a value of type " + type.getSimpleName();
    };
  }

  private static String shown(String name, String value) {
    String lower = name.toLowerCase(Locale.ROOT);
    boolean secret =
        lower.contains("password") || lower.contains("secret") || lower.contains("token");
    return secret ? "the given value" : "'" + value + "'";
  }
}
