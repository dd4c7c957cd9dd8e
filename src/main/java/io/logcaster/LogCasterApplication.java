package io.logcaster;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the LogCaster server. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class LogCasterApplication {

  public static void main(String[] args) {
    SpringApplication.run(LogCasterApplication.class, args);
  }
}
