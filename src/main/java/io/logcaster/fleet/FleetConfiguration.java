package io.logcaster.fleet;

import io.logcaster.nodes.NodeCalls;
import io.logcaster.nodes.NodeProperties;
import io.logcaster.nodes.Nodes;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class FleetConfiguration {

  @Bean
  Fleet fleet(OwnStatus own, NodeProperties node, Nodes nodes, NodeCalls calls, Clock clock) {
    return new Fleet(own::now, node, nodes, calls, NodeCalls.WAIT, clock);
  }
}
