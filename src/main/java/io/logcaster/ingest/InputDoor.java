package io.logcaster.ingest;

/**
 * What a sender must know of an input beside its address.
 *
 * @param transport what carries the bytes
 * @param protocol what it takes
 * @param tls whether a sender must use TLS
 * @param certificate whether a sender of lines must present a client certificate
 */
public record InputDoor(Transport transport, Protocol protocol, boolean tls, boolean certificate) {

  /** What carries the bytes. */
  public enum Transport {
    TCP,
    UDP,
    /** The server's own endpoint, {@code POST /api/v1/records}. */
    HTTP
  }
}
