package io.logcaster.tail;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The live tail.
 *
 * @param bufferSize Buffer of one live reader; when it is full, the reader misses records.
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
