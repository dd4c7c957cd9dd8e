package io.logcaster.plugin.host;

import io.logcaster.system.DataDirectory;
import io.logcaster.transform.PluginTransforms;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

@Configuration(proxyBeanMethods = false)
@Import(PluginInputsRegistrar.class)
class PluginConfiguration {

  @Bean
  Plugins plugins(PluginProperties properties) {
    return new Plugins(properties.dir(), new PluginLoader());
  }

  @Bean
  PluginTransforms pluginTransforms(Plugins plugins, DataDirectory data, Clock clock) {
    return new HostedTransforms(
        plugins, data.dir().resolve("plugins/transforms"), clock, HostedTransforms.LIMIT);
  }

  @Bean
  PluginsHealthIndicator pluginsHealthIndicator(Plugins plugins) {
    return new PluginsHealthIndicator(plugins);
  }
}
