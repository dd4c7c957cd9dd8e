package io.logcaster.nodes;

import io.logcaster.system.DataDirectory;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({NodesProperties.class, NodeProperties.class})
class NodesConfiguration {

  @Bean
  Nodes nodes(NodesProperties properties) {
    return new Nodes(properties);
  }

  /** A file of one server has nobody else in it; a database may have several servers. */
  @Bean
  NodePresence nodePresence(JdbcClient jdbc, Environment environment, Nodes nodes) {
    return new NodePresence(isShared(environment) ? jdbc : null, nodes.id());
  }

  @Bean
  NodeRows nodeRows(NodeProperties properties, Environment environment, DataDirectory data) {
    return new NodeRows(properties.name(), isShared(environment) ? data.dir() : null);
  }

  private static boolean isShared(Environment environment) {
    return !environment.getProperty("logcaster.control.url", "").isBlank();
  }

  @Bean
  NodeCalls nodeCalls(Nodes nodes, NodePresence presence, Clock clock) {
    return new NodeCalls(nodes, presence, clock);
  }

  @Bean
  NodeName nodeName(NodeProperties properties, Environment environment) {
    return new NodeName(properties, () -> environment.getProperty("local.server.port", "0"));
  }

  @Bean
  NodeLists nodeLists(Nodes nodes, NodeCalls calls, NodeName name) {
    return new NodeLists(nodes, calls, name);
  }
}
