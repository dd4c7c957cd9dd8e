/**
 * The interface of plug-ins: sinks, inputs and transforms that others write. It depends on nothing
 * but the JDK and is published as a jar of its own, {@code logcaster-plugin-api}.
 *
 * <p>A plug-in is a jar in the server's folder {@code plugins/} that names its {@link
 * io.logcaster.plugin.SinkPlugin}, {@link io.logcaster.plugin.InputPlugin} or {@link
 * io.logcaster.plugin.TransformPlugin} in {@code META-INF/services}. Its own libraries lie in the
 * jar, or beside it in a folder. Each plug-in has a class loader that sees the JDK, this package
 * and the plug-in: nothing of the server, and nothing of other plug-ins.
 *
 * <p>Names stay as they are. Later versions add methods with defaults only.
 */
@NullMarked
package io.logcaster.plugin;

import org.jspecify.annotations.NullMarked;
