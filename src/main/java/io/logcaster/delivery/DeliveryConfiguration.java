package io.logcaster.delivery;

import io.logcaster.query.QueryEngine;
import io.logcaster.storage.LogStorage;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class DeliveryConfiguration {

  @Bean
  DeliveryTracker deliveryTracker(
      DeliveryStore store, DeliveryProperties properties, LogStorage storage, Clock clock) {
    return new DeliveryTracker(store, properties, storage::lastDelivery, clock);
  }

  @Bean
  DeliveryTask deliveryTask(DeliveryTracker tracker, QueryEngine queries) {
    return new DeliveryTask(tracker, queries);
  }

  @Bean
  MeterBinder deliveryMeters(DeliveryTracker tracker) {
    return (registry) -> {
      Gauge.builder("logcaster.delivery.senders", tracker, DeliveryTracker::count)
          .description("Senders that number what they send")
          .register(registry);
      Gauge.builder("logcaster.delivery.missing", tracker, DeliveryTracker::missing)
          .description("Numbers of senders that did not arrive: frames or records")
          .register(registry);
    };
  }
}
