/**
 * One TCP port for every protocol: {@code TcpInput} accepts connections, {@code Detection} decides
 * what each of them speaks, and {@code TcpConnection} feeds the bytes to its session. A new
 * protocol is recognised in {@code Detection}.
 */
@NullMarked
package io.logcaster.ingest.tcp;

import org.jspecify.annotations.NullMarked;
