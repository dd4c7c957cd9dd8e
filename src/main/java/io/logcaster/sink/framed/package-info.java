/** The sink that sends to another LogCaster over the framed protocol, with acknowledgements. */
@NullMarked
package io.logcaster.sink.framed;

import org.jspecify.annotations.NullMarked;
