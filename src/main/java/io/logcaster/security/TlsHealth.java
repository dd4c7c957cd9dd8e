package io.logcaster.security;

import java.time.Clock;
import java.time.Instant;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/** Health of the certificate: down if it has expired or a newer one cannot be used. */
@Component("tlsHealthIndicator")
class TlsHealth extends AbstractHealthIndicator {

  private final Tls tls;
  private final Clock clock;

  TlsHealth(Tls tls, Clock clock) {
    super("The certificate cannot be checked");
    this.tls = tls;
    this.clock = clock;
  }

  @Override
  protected void doHealthCheck(Health.Builder health) {
    if (!tls.isConfigured()) {
      health.up().withDetail("certificate", "none");
      return;
    }
    Instant until = tls.validUntil();
    boolean valid = until != null && until.isAfter(clock.instant());
    health.status(valid && tls.failure().isEmpty() ? "UP" : "DOWN");
    health.withDetail("validUntil", String.valueOf(until));
    if (!tls.failure().isEmpty()) {
      health.withDetail("problem", tls.failure());
    }
  }
}
