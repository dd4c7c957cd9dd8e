package io.logcaster;

import io.logcaster.cli.CommandLineMain;
import io.logcaster.work.LastResort;
import java.time.Clock;
import java.util.Locale;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/** Starts the LogCaster server. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class LogCasterApplication {

  public static void main(String[] args) {
    // Numbers in protocols, files and messages use the same digits on every machine.
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    if (CommandLineMain.isMeant(args)) {
      System.exit(CommandLineMain.run(args, clock()));
    }
    LastResort.install();
    SpringApplication.run(LogCasterApplication.class, args);
  }

  /** The single source of the current time, to be injected into features. */
  @Bean
  static Clock clock() {
    return Clock.systemUTC();
  }
}
