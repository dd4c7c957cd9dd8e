package io.logcaster.system;

import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.type.MethodMetadata;
import org.springframework.stereotype.Component;

/**
 * Defers the API documentation's beans until its page is opened. Springdoc marks some of them as
 * eager, which {@code spring.main.lazy-initialization} respects; these would pull all of Spring
 * MVC's configuration into the start.
 */
@Component
class LazyApiPages implements BeanFactoryPostProcessor {

  private static final String SPRINGDOC = "org.springdoc.";

  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
    for (String name : beans.getBeanDefinitionNames()) {
      BeanDefinition definition = beans.getBeanDefinition(name);
      if (isSpringdoc(definition)) {
        definition.setLazyInit(true);
      }
    }
  }

  private static boolean isSpringdoc(BeanDefinition definition) {
    MethodMetadata factory =
        definition instanceof AnnotatedBeanDefinition annotated
            ? annotated.getFactoryMethodMetadata()
            : null;
    String origin =
        factory == null ? definition.getBeanClassName() : factory.getDeclaringClassName();
    return origin != null && origin.startsWith(SPRINGDOC);
  }
}
