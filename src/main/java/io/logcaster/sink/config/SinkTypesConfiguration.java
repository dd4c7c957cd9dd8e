package io.logcaster.sink.config;

import io.logcaster.plugin.host.Plugins;
import io.logcaster.sink.SinkType;
import io.logcaster.sink.SinkTypes;
import io.logcaster.sink.file.FileSinkType;
import io.logcaster.sink.framed.FramedSinkType;
import io.logcaster.sink.http.HttpSinkType;
import io.logcaster.sink.jdbc.JdbcSinkType;
import io.logcaster.sink.kafka.KafkaSinkType;
import io.logcaster.sink.s3.S3SinkType;
import io.logcaster.sink.syslog.SyslogSinkType;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class SinkTypesConfiguration {

  @Bean
  SinkTypes sinkTypes(Plugins plugins) {
    List<SinkType> types =
        new ArrayList<>(
            List.of(
                new FileSinkType(),
                new HttpSinkType(),
                new SyslogSinkType(),
                new FramedSinkType(),
                new JdbcSinkType(),
                new KafkaSinkType(),
                new S3SinkType()));
    types.addAll(plugins.sinkTypes(types.stream().map(SinkType::name).toList()));
    return new SinkTypes(types);
  }
}
