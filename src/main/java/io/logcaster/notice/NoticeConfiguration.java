package io.logcaster.notice;

import io.logcaster.alert.AlertFeed;
import io.logcaster.alert.Alerts;
import io.logcaster.notice.channel.JsonPost;
import io.logcaster.notice.channel.Transports;
import io.logcaster.notice.content.RecordFinder;
import io.logcaster.notice.delivery.ChannelLookup;
import io.logcaster.notice.delivery.LetterStore;
import io.logcaster.notice.delivery.NoticeQueue;
import io.logcaster.notice.secret.Vault;
import io.logcaster.query.QueryEngine;
import io.logcaster.system.AddressGuard;
import io.logcaster.system.ConsoleProperties;
import io.logcaster.system.DataDirectory;
import io.logcaster.system.SettingsStore;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class NoticeConfiguration {

  /** The limit of one attempt. */
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** The limit of one query for a notice. */
  private static final Duration QUERY_TIMEOUT = Duration.ofSeconds(3);

  private static final String KEY = "secrets.key";

  @Bean
  Handling alertHandling(
      Silences silences, MaintenanceStore maintenance, Acknowledgements acknowledgements) {
    return new Handling(silences, maintenance, acknowledgements);
  }

  @Bean
  LogNotifier logNotifier(Handling handling) {
    return new LogNotifier(handling);
  }

  /** The key of all secrets in the control database, also those of sinks. */
  @Bean
  Vault vault(DataDirectory directory) {
    return new Vault(directory.dir().resolve(KEY));
  }

  @Bean
  ChannelStore channelStore(JdbcClient jdbc, Vault vault) {
    return new ChannelStore(jdbc, vault);
  }

  @Bean
  Channels channels(ChannelStore store, NoticeProperties properties, Clock clock) {
    AddressGuard guard = new AddressGuard(properties.allowLocalAddresses());
    return new Channels(
        store, new Transports(guard, TIMEOUT, clock), settings(properties.webhook(), clock));
  }

  private static ChannelLookup.@Nullable Ready settings(
      NoticeProperties.Webhook webhook, Clock clock) {
    if (webhook.url() == null) {
      return null;
    }
    Transports transports = new Transports(new AddressGuard(true), webhook.timeout(), clock);
    return new ChannelLookup.Ready(
        new SettingsWebhook(new JsonPost(webhook.url(), transports)),
        webhook.attempts(),
        UnaryOperator.identity());
  }

  @Bean
  RouteStore routeStore(SettingsStore settings, NoticeProperties properties) {
    return new RouteStore(settings, properties.webhook().url() != null);
  }

  @Bean
  LetterStore letterStore(JdbcClient jdbc) {
    return new LetterStore(jdbc);
  }

  @Bean
  NoticeQueue noticeQueue(LetterStore store, Channels channels, Clock clock) {
    return new NoticeQueue(store, channels, clock, RandomGenerator.getDefault());
  }

  @Bean
  NoticeService noticeService(
      Alerts alerts,
      Handling handling,
      JdbcClient jdbc,
      RouteStore routes,
      Channels channels,
      NoticeQueue queue,
      Silences silences,
      Acknowledgements acknowledgements,
      TransactionTemplate transaction,
      QueryEngine engine,
      ConsoleProperties console,
      Environment environment,
      Clock clock) {
    RecordFinder finder =
        new RecordFinder(alerts, engine, new ConsoleAddress(console, environment), QUERY_TIMEOUT);
    return new NoticeService(
        alerts,
        handling,
        new GroupStore(jdbc),
        routes,
        channels,
        queue,
        new NoticeWriter(finder),
        silences,
        acknowledgements,
        transaction,
        clock);
  }

  /** After the rules are loaded, or all alerts would seem to be resolved. */
  @Bean
  @DependsOn("alertSchedule")
  NoticeLoop noticeLoop(NoticeService service, NoticeQueue queue, AlertFeed feed) {
    return new NoticeLoop(service, queue, feed);
  }

  @Bean
  MeterBinder noticeMeters(NoticeQueue queue, LetterStore store) {
    return new NoticeMeters(queue, store);
  }

  @Bean
  HealthIndicator noticesHealthIndicator(NoticeQueue queue, LetterStore store) {
    return new NoticeHealth(queue, store);
  }
}
