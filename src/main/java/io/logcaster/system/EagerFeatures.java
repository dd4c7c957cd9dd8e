package io.logcaster.system;

import org.springframework.aot.AotDetector;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.core.type.MethodMetadata;
import org.springframework.stereotype.Component;

/**
 * Beans of LogCaster are created at the start, so that a wrong setting or an unusable port stops
 * it; those of the libraries (API documentation, metrics, most of the actuator) when they are first
 * needed, which makes the start a quarter shorter.
 */
@Component
class EagerFeatures implements LazyInitializationExcludeFilter {

  private static final String OURS = "io.logcaster.";

  @Override
  public boolean isExcluded(String name, BeanDefinition definition, Class<?> type) {
    // What the build found carries its decision with it.
    if (type.getName().startsWith(OURS) || AotDetector.useGeneratedArtifacts()) {
      return true;
    }
    MethodMetadata factory =
        definition instanceof AnnotatedBeanDefinition annotated
            ? annotated.getFactoryMethodMetadata()
            : null;
    return factory != null && factory.getDeclaringClassName().startsWith(OURS);
  }
}
