/**
 * The logs of all containers of a Docker daemon, read through its API on a Unix socket. {@code
 * DockerInput} keeps a {@code ContainerReader} for each running container; {@code DockerApi} speaks
 * HTTP; {@code Positions} remembers what is stored.
 */
@NullMarked
package io.logcaster.ingest.docker;

import org.jspecify.annotations.NullMarked;
