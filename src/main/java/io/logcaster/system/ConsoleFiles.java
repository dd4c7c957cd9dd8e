package io.logcaster.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.zip.CRC32C;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * How long a browser keeps the console's files. Those under {@code assets} have a hash of their
 * content in their names and never change. The others are revalidated on each request by an ETag
 * computed from their content, because file times in an archive say nothing about it.
 */
@Controller
class ConsoleFiles implements WebMvcConfigurer {

  private static final String ROOT = "classpath:/static/";

  /** The longest lifetime that RFC 2616, 14.21, permits. */
  private static final Duration FOR_EVER = Duration.ofDays(365);

  /**
   * The page itself. It needs a mapping because the root also accepts records (POST), and Spring
   * does not look for files at a path that any method is mapped to.
   */
  @GetMapping("/")
  String page() {
    return "forward:/index.html";
  }

  @Override
  public void addResourceHandlers(ResourceHandlerRegistry registry) {
    registry
        .addResourceHandler("/assets/**")
        .addResourceLocations(ROOT + "assets/")
        .setCacheControl(CacheControl.maxAge(FOR_EVER).cachePrivate().immutable());
    registry
        .addResourceHandler("/*.html", "/*.js", "/*.svg")
        .addResourceLocations(ROOT)
        .setCacheControl(CacheControl.noCache())
        .setUseLastModified(false)
        .setEtagGenerator(ConsoleFiles::etag);
  }

  private static String etag(Resource file) {
    CRC32C checksum = new CRC32C();
    try (InputStream in = file.getInputStream()) {
      byte[] bytes = in.readAllBytes();
      checksum.update(bytes);
      return "\"%x-%x\"".formatted(bytes.length, checksum.getValue());
    } catch (IOException ex) {
      throw new UncheckedIOException(ex);
    }
  }
}
