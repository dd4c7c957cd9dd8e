package io.logcaster.system;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import org.springdoc.core.converters.ModelConverterRegistrar;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** The head of {@code /v3/api-docs}. The rest is read from the controllers at the first request. */
@Configuration(proxyBeanMethods = false)
class ApiDocumentation {

  @Bean
  @Lazy
  RecordProperties recordProperties() {
    return new RecordProperties();
  }

  /**
   * The head of the document.
   *
   * @param converters registers the converters that unwrap responses and streams; because
   *     springdoc's beans are lazy, only this parameter creates it
   */
  @Bean
  @Lazy
  OpenAPI openApi(ObjectProvider<BuildProperties> build, ModelConverterRegistrar converters) {
    return new OpenAPI()
        .info(
            new Info()
                .title("LogCaster")
                .description(
                    "Errors are problem details (RFC 9457) with a stable `code`."
                        + " The query language is LogsQL.")
                .version(build.stream().map(BuildProperties::getVersion).findFirst().orElse("dev"))
                .license(
                    new License()
                        .name("Apache-2.0")
                        .url("https://www.apache.org/licenses/LICENSE-2.0")))
        // Relative, so that the page works behind any name and port.
        .servers(List.of(new Server().url("/").description("this LogCaster")));
  }
}
