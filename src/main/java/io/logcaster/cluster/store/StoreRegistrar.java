package io.logcaster.cluster.store;

import io.logcaster.cluster.Roles;
import io.logcaster.cluster.log.ClusterProperties;
import io.logcaster.ingest.InputContexts;
import io.logcaster.ingest.InputHealthIndicator;
import io.logcaster.ingest.InputLifecycle;
import io.logcaster.ingest.InputMeters;
import io.logcaster.storage.LogStorage;
import io.logcaster.system.DataDirectory;
import java.net.InetSocketAddress;
import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** Makes the input of a node that stores what others receive. */
final class StoreRegistrar implements BeanRegistrar {

  private static final String NAME = "storeInput";

  @Override
  public void register(BeanRegistry registry, Environment environment) {
    Roles roles = Binder.get(environment).bindOrCreate("logcaster", Roles.class);
    if (!roles.readsFromKafka()) {
      return;
    }
    registry.registerBean(
        NAME,
        StoreInput.class,
        (spec) ->
            spec.supplier(
                (context) ->
                    new StoreInput(
                        context.bean(ClusterProperties.class),
                        context.bean(InputContexts.class).open("kafka-batches"),
                        context.bean(DataDirectory.class).dir(),
                        context.bean(LogStorage.class).isShared(),
                        context.bean(StoreProperties.class).replaces())));
    registry.registerBean(
        "storeLifecycle",
        InputLifecycle.class,
        (spec) ->
            spec.supplier(
                (context) ->
                    new InputLifecycle(
                        context.bean(NAME, StoreInput.class),
                        "logcaster.cluster.brokers",
                        InetSocketAddress.createUnresolved("kafka", 0))));
    registry.registerBean(
        NAME + "Meters",
        InputMeters.class,
        (spec) ->
            spec.supplier((context) -> new InputMeters(context.bean(NAME, StoreInput.class))));
    registry.registerBean(
        NAME + "HealthIndicator",
        InputHealthIndicator.class,
        (spec) ->
            spec.supplier(
                (context) -> new InputHealthIndicator(context.bean(NAME, StoreInput.class))));
  }
}
