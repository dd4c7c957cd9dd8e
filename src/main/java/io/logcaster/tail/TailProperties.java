package io.logcaster.tail;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The live tail.
 *
 * @param bufferSize How much may wait for one subscriber before records are left out for it.
 */
@ConfigurationProperties("logcaster.tail")
record TailProperties(@DefaultValue("4MB") DataSize bufferSize) {

  TailProperties {
    if (bufferSize.toBytes() < 1024) {
      throw new IllegalArgumentException(
          "logcaster.tail.buffer-size is " + bufferSize + ", but must be at least 1KB");
    }
  }
}
