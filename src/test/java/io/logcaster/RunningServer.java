package io.logcaster;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.ContextConfiguration;

/**
 * A test against the whole server with its defaults, on free ports and an empty data directory.
 *
 * <p>All tests with this annotation share one server, which keeps the suite quick: a test leaves
 * nothing behind that another could stumble over (own field values, own rule names), and never
 * counts what others may have sent. Its HTTP port comes by {@code @LocalServerPort}.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
    classes = LogCasterApplication.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {"logcaster.tcp.port=0", "logcaster.udp.port=0", "logcaster.otlp.grpc-port=0"})
@Execution(ExecutionMode.SAME_THREAD)
@ContextConfiguration(initializers = TemporaryDataDirectory.class)
public @interface RunningServer {}
