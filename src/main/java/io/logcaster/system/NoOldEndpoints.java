package io.logcaster.system;

import java.util.List;
import org.springframework.boot.actuate.endpoint.web.ExposableServletEndpoint;
import org.springframework.boot.actuate.endpoint.web.annotation.ControllerEndpointsSupplier;
import org.springframework.boot.actuate.endpoint.web.annotation.ExposableControllerEndpoint;
import org.springframework.boot.actuate.endpoint.web.annotation.ServletEndpointsSupplier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Replaces Spring Boot's search for actuator endpoints of the two deprecated kinds, of which there
 * are none: it looks at the type of every bean, at every start.
 */
@Configuration(proxyBeanMethods = false)
@SuppressWarnings("removal")
class NoOldEndpoints {

  @Bean
  ServletEndpointsSupplier servletEndpoints() {
    return List::<ExposableServletEndpoint>of;
  }

  @Bean
  ControllerEndpointsSupplier controllerEndpoints() {
    return List::<ExposableControllerEndpoint>of;
  }
}
