package io.logcaster.template;

import io.logcaster.cluster.Roles;
import io.logcaster.system.DataDirectory;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TemplateProperties.class)
class TemplateConfiguration {

  @Bean(destroyMethod = "") // closed by the learner, which writes to it until the end
  TemplateRegistry templateRegistry(
      TemplateProperties properties, DataDirectory directory, Clock clock) {
    return new TemplateRegistry(
        directory.dir(), properties.maxCount(), properties.maxMemory().toBytes(), clock);
  }

  /** The storage depends on it, so it is closed after the last flush. */
  @Bean
  TemplateLearner templateLearner(
      TemplateRegistry registry, TemplateProperties properties, Roles roles) {
    // A node that only receives would learn what those that store learn, and be asked by nobody.
    boolean isAsked = !roles.writesToKafka() || roles.queries() || roles.alerts();
    return new TemplateLearner(registry, properties.enabled() && isAsked);
  }

  /** Starts learning without flushes, if the storage has none. */
  @Bean
  SmartLifecycle templateLifecycle(TemplateLearner learner) {
    return new Start(learner);
  }

  @Bean
  MeterBinder templateMeters(TemplateRegistry registry, TemplateProperties properties) {
    return (meters) -> {
      if (properties.enabled()) {
        Gauge.builder("logcaster.templates.known", registry::size)
            .description("Known templates")
            .register(meters);
        Gauge.builder("logcaster.templates.used", registry::memoryBytes)
            .description("Memory of the known templates")
            .baseUnit("bytes")
            .register(meters);
        Gauge.builder("logcaster.templates.uncounted", registry::uncounted)
            .description("Records whose template was not looked for, too many being unknown")
            .register(meters);
      }
    };
  }

  private static final class Start implements SmartLifecycle {

    private final TemplateLearner learner;
    private volatile boolean running;

    Start(TemplateLearner learner) {
      this.learner = learner;
    }

    @Override
    public void start() {
      learner.start();
      running = true;
    }

    @Override
    public void stop() {
      running = false;
    }

    @Override
    public boolean isRunning() {
      return running;
    }

    /** Before the pipeline. */
    @Override
    public int getPhase() {
      return -1;
    }
  }
}
