/**
 * The commands in the same jar as the server, such as {@code logcaster bench --help}.
 *
 * <p>To add a command, write a class with picocli's annotations and register it in {@code
 * CommandLineMain}; {@code ServerOptions} is the mixin of commands that talk to a server. A
 * protocol of the load generator is a constant of {@code BenchProtocol}.
 */
@NullMarked
package io.logcaster.cli;

import org.jspecify.annotations.NullMarked;
