package io.logcaster.plugin.host;

import io.logcaster.cluster.Roles;
import io.logcaster.ingest.IngestProperties;
import io.logcaster.ingest.InputContexts;
import io.logcaster.ingest.InputHealthIndicator;
import io.logcaster.ingest.InputLifecycle;
import io.logcaster.system.DataDirectory;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.beans.factory.BeanRegistry.SupplierContext;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** Makes an input, with its life and its health, of each input of a plug-in in the settings. */
final class PluginInputsRegistrar implements BeanRegistrar {

  /** The limit of one attempt, as for sinks. */
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  @Override
  public void register(BeanRegistry registry, Environment environment) {
    if (!Binder.get(environment).bindOrCreate("logcaster", Roles.class).ingests()) {
      return;
    }
    List<PluginProperties.InputProperties> inputs =
        Binder.get(environment).bindOrCreate("logcaster.plugins", PluginProperties.class).inputs();
    for (int i = 0; i < inputs.size(); i++) {
      register(registry, inputs.get(i), "logcaster.plugins.inputs[" + i + "]");
    }
  }

  private static void register(
      BeanRegistry registry, PluginProperties.InputProperties input, String setting) {
    String name = input.id() + "Input";
    registry.registerBean(
        name, HostedInput.class, (spec) -> spec.supplier((context) -> input(context, input)));
    registry.registerBean(
        input.id() + "Lifecycle",
        InputLifecycle.class,
        (spec) ->
            spec.supplier(
                (context) ->
                    new InputLifecycle(
                        context.bean(name, HostedInput.class), setting, new InetSocketAddress(0))));
    registry.registerBean(
        name + "HealthIndicator",
        InputHealthIndicator.class,
        (spec) ->
            spec.supplier(
                (context) -> new InputHealthIndicator(context.bean(name, HostedInput.class))));
  }

  private static HostedInput input(
      SupplierContext context, PluginProperties.InputProperties input) {
    return new HostedInput(
        input.type(),
        input.options(),
        context.bean(Plugins.class),
        context.bean(InputContexts.class).open(input.id()),
        new HostedInput.Place(
            context.bean(DataDirectory.class).dir().resolve("plugins").resolve(input.id()),
            TIMEOUT,
            (int) context.bean(IngestProperties.class).maxRecordSize().toBytes()));
  }
}
