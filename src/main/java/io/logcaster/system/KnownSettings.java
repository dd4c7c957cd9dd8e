package io.logcaster.system;

import java.lang.reflect.Constructor;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * The names of all settings, taken from the records that bind them.
 *
 * <p>Names are compared as Spring Boot does: case and hyphens do not matter in {@code
 * logcaster.tcp.idle-timeout}, elements of lists are written {@code rules[0].filter}, and a map
 * accepts any name below its own. In environment variables dots become underscores and hyphens are
 * dropped (Spring Boot also accepts underscores for them).
 */
final class KnownSettings {

  /**
   * One name: {@code logcaster.retention.rules[].filter}; {@code *} at the end stands for any name
   * below a map.
   */
  private record Known(String name, String property, String variable) {

    static Known of(String name) {
      StringBuilder property = new StringBuilder();
      StringBuilder variable = new StringBuilder();
      for (int i = 0; i < name.length(); i++) {
        char c = name.charAt(i);
        switch (c) {
          case '.' -> {
            property.append("\\.");
            variable.append('_');
          }
          case '-' -> variable.append("_?");
          case '[' -> {
            property.append("\\[\\d+]");
            variable.append("_\\d+");
            i++;
          }
          case '*' -> {
            property.append(".+");
            variable.append(".+");
          }
          default -> {
            property.append(Character.toLowerCase(c));
            variable.append(Character.toUpperCase(c));
          }
        }
      }
      return new Known(name, property.toString(), variable.toString());
    }
  }

  private final List<Known> known = new ArrayList<>();
  private final Map<String, String> defaults = new HashMap<>();

  /** Adds the settings that a properties record binds below its prefix. */
  void add(String prefix, Class<?> type) {
    if (type.isRecord()) {
      addComponents(prefix, type);
    } else {
      known.add(Known.of(prefix + ".*")); // bound by setters, whose names are not inspected
    }
  }

  private void addComponents(String prefix, Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    Parameter[] parameters = canonicalConstructor(type, components).getParameters();
    for (int i = 0; i < components.length; i++) {
      Name given = parameters[i].getAnnotation(Name.class);
      String name = given == null ? dashed(components[i].getName()) : given.value();
      add(prefix + "." + name, components[i].getGenericType());
      DefaultValue fallback = parameters[i].getAnnotation(DefaultValue.class);
      if (fallback != null && fallback.value().length > 0) {
        defaults.put(prefix + "." + name, String.join(",", fallback.value()));
      }
    }
  }

  private void add(String name, Type type) {
    if (type instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw) {
      Type[] arguments = generic.getActualTypeArguments();
      if (Map.class.isAssignableFrom(raw)) {
        known.add(Known.of(name + ".*"));
      } else if (Collection.class.isAssignableFrom(raw)) {
        known.add(Known.of(name));
        add(name + "[]", arguments[0]);
      } else if (raw == Optional.class) {
        add(name, arguments[0]);
      } else {
        known.add(Known.of(name));
      }
    } else if (type instanceof Class<?> plain && plain.isRecord()) {
      addComponents(name, plain);
    } else if (type instanceof Class<?> plain && plain.isArray()) {
      known.add(Known.of(name));
      known.add(Known.of(name + "[]"));
    } else {
      known.add(Known.of(name));
    }
  }

  private static Constructor<?> canonicalConstructor(Class<?> type, RecordComponent[] components) {
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      return type.getDeclaredConstructor(types);
    } catch (NoSuchMethodException ex) {
      throw new IllegalStateException("every record has its canonical constructor", ex);
    }
  }

  /** {@code maxRecordSize} → {@code max-record-size} */
  private static String dashed(String component) {
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < component.length(); i++) {
      char c = component.charAt(i);
      if (Character.isUpperCase(c)) {
        name.append('-').append(Character.toLowerCase(c));
      } else {
        name.append(c);
      }
    }
    return name.toString();
  }

  boolean containsProperty(ConfigurationPropertyName name) {
    StringBuilder uniform = new StringBuilder();
    for (int i = 0; i < name.getNumberOfElements(); i++) {
      if (name.isNumericIndex(i)) {
        uniform
            .append('[')
            .append(name.getElement(i, ConfigurationPropertyName.Form.ORIGINAL))
            .append(']');
      } else {
        uniform
            .append(i == 0 ? "" : ".")
            .append(name.getElement(i, ConfigurationPropertyName.Form.UNIFORM));
      }
    }
    // Mostly there is no index and no map; expressions are compiled only where there may be one.
    String exact = uniform.toString().replace(".", "\\.");
    return known.stream().anyMatch((k) -> k.property().equals(exact))
        || known.stream().anyMatch((k) -> Pattern.matches(k.property(), uniform));
  }

  boolean containsVariable(String variable) {
    String upper = variable.toUpperCase(Locale.ROOT);
    return known.stream().anyMatch((k) -> Pattern.matches(k.variable(), upper));
  }

  /**
   * The known name that was most likely meant: one below the given name, or one that differs in at
   * most a third of its letters.
   */
  Optional<String> nearest(String unknown) {
    String wanted = letters(unknown);
    String best = null;
    int least = Integer.MAX_VALUE;
    for (Known candidate : known) {
      String name = letters(candidate.name());
      int distance = name.startsWith(wanted + ".") ? 0 : distance(wanted, name);
      if (distance < least) {
        least = distance;
        best = candidate.name();
      }
    }
    return least * 3 <= wanted.length() - "logcaster".length()
        ? Optional.ofNullable(best)
        : Optional.empty();
  }

  private static String letters(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '.').replace("-", "");
  }

  /** Levenshtein distance, computed with two rows. */
  private static int distance(String a, String b) {
    int[] above = new int[b.length() + 1];
    Arrays.setAll(above, (i) -> i);
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(above[j - 1] + change, Math.min(above[j], row[j - 1]) + 1);
      }
      above = row;
    }
    return above[b.length()];
  }

  /** The default of each setting that has one, in the form in which a user would write it. */
  Map<String, String> defaults() {
    return Map.copyOf(defaults);
  }

  /** All names, for the test of the settings page. */
  List<String> names() {
    return known.stream().map(Known::name).distinct().sorted().toList();
  }
}
