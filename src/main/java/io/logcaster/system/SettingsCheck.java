package io.logcaster.system;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.stereotype.Component;

/**
 * Stops the start if an unknown {@code logcaster.*} setting is given. Most likely it is misspelt,
 * and a server that ignored it would run with a default that its operator meant to change.
 */
@Component
class SettingsCheck implements BeanFactoryPostProcessor, EnvironmentAware, Ordered {

  private static final String ROOT = "logcaster";
  private static final String PREFIX = ROOT + ".";
  private static final String VARIABLE_PREFIX = "LOGCASTER_";

  /** Read by the command line client, not by the server. */
  private static final Set<String> CLIENT_VARIABLES =
      Set.of("LOGCASTER_URL", "LOGCASTER_TCP", "LOGCASTER_TOKEN", "LOGCASTER_USER");

  /**
   * Variables that Kubernetes sets in every container for services named logcaster or
   * logcaster-something.
   */
  private static final Pattern SERVICE_LINK =
      Pattern.compile(
          "LOGCASTER_(.+_)?(SERVICE_(HOST|PORT(_.+)?)|PORT(_\\d+_(TCP|UDP|SCTP)(_.+)?)?)");

  /**
   * A second HTTP port would be open to everyone: credentials are required only on server.port,
   * where the actuator answers too.
   */
  private static final ConfigurationPropertyName SECOND_PORT =
      ConfigurationPropertyName.of("management.server.port");

  private ConfigurableEnvironment environment = new StandardEnvironment();

  @Override
  public void setEnvironment(Environment environment) {
    this.environment = (ConfigurableEnvironment) environment;
  }

  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
    List<UnknownSettingsException.Unknown> unknown = unknown(environment, known(beans));
    if (!unknown.isEmpty()) {
      throw new UnknownSettingsException(unknown);
    }
  }

  /** Before anything opens the data directory; see {@link ControlOpening.Early}. */
  @Override
  public int getOrder() {
    return LOWEST_PRECEDENCE;
  }

  static KnownSettings known(ConfigurableListableBeanFactory beans) {
    KnownSettings known = new KnownSettings();
    for (String bean : beans.getBeanDefinitionNames()) {
      // Spring names them after prefix and class. Asking all beans for the annotation takes long.
      Class<?> type = bean.startsWith(ROOT) ? beans.getType(bean, false) : null;
      ConfigurationProperties properties =
          (type != null) ? type.getAnnotation(ConfigurationProperties.class) : null;
      if (type != null && properties != null && properties.value().startsWith(ROOT)) {
        known.add(properties.value(), type);
      }
    }
    return known;
  }

  static List<UnknownSettingsException.Unknown> unknown(
      ConfigurableEnvironment environment, KnownSettings known) {
    List<UnknownSettingsException.Unknown> unknown = new ArrayList<>();
    for (PropertySource<?> source : environment.getPropertySources()) {
      if (source instanceof EnumerablePropertySource<?> enumerable) {
        boolean variables = isEnvironment(source);
        for (String name : enumerable.getPropertyNames()) {
          if (variables ? isUnknownVariable(name, known) : isUnknownProperty(name, known)) {
            unknown.add(
                new UnknownSettingsException.Unknown(
                    name, place(source, name), known.nearest(name).orElse(null)));
          }
        }
      }
    }
    return unknown;
  }

  private static boolean isEnvironment(PropertySource<?> source) {
    return source.getName().endsWith(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
  }

  private static boolean isUnknownProperty(String name, KnownSettings known) {
    if (!name.toLowerCase(Locale.ROOT).startsWith(PREFIX)) {
      return ConfigurationPropertyName.adapt(name, '.').equals(SECOND_PORT);
    }
    return !known.containsProperty(ConfigurationPropertyName.adapt(name, '.'));
  }

  private static boolean isUnknownVariable(String name, KnownSettings known) {
    String upper = name.toUpperCase(Locale.ROOT);
    if (upper.equals("MANAGEMENT_SERVER_PORT")) {
      return true;
    }
    return upper.startsWith(VARIABLE_PREFIX)
        && !CLIENT_VARIABLES.contains(upper)
        && !SERVICE_LINK.matcher(upper).matches()
        && !known.containsVariable(upper);
  }

  private static String place(PropertySource<?> source, String name) {
    Origin origin = OriginLookup.getOrigin(source, name);
    if (origin != null) {
      return origin.toString();
    }
    return switch (source.getName()) {
      case StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME -> "environment variable";
      case StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME -> "system property";
      case "commandLineArgs" -> "command line";
      default -> source.getName();
    };
  }
}
