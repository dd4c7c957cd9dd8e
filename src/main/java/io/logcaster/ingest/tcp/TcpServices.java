package io.logcaster.ingest.tcp;

import io.logcaster.ingest.LargeMessages;
import io.logcaster.ingest.forward.ForwardSecurity;
import io.logcaster.ingest.framed.FramedClients;
import io.logcaster.security.Authenticator;
import io.logcaster.security.Tls;

/**
 * Services that all TCP ports of a server share.
 *
 * @param authenticator checks the tokens of senders
 * @param tls the certificate
 * @param clients assigns framed clients to connections
 * @param forward the credentials of Fluentd's protocol
 * @param memory bounds the memory of large messages
 */
public record TcpServices(
    Authenticator authenticator,
    Tls tls,
    FramedClients clients,
    ForwardSecurity forward,
    LargeMessages memory) {}
