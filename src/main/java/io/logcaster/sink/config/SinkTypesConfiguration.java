package io.logcaster.sink.config;

import io.logcaster.sink.SinkTypes;
import io.logcaster.sink.file.FileSinkType;
import io.logcaster.sink.framed.FramedSinkType;
import io.logcaster.sink.http.HttpSinkType;
import io.logcaster.sink.syslog.SyslogSinkType;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class SinkTypesConfiguration {

  @Bean
  SinkTypes sinkTypes() {
    return new SinkTypes(
        List.of(
            new FileSinkType(), new HttpSinkType(), new SyslogSinkType(), new FramedSinkType()));
  }
}
