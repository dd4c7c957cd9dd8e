package io.logcaster.notice;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The console, as people reach it.
 *
 * @param url The console's URL in links that notices contain.
 */
@ConfigurationProperties("logcaster.console")
record ConsoleProperties(@Nullable URI url) {

  ConsoleProperties {
    if (url != null
        && (url.getHost() == null || !String.valueOf(url.getScheme()).startsWith("http"))) {
      throw new IllegalArgumentException(
          "logcaster.console.url is "
              + url
              + ", but must be a URL such as https://logs.example.org");
    }
  }
}
