package io.logcaster.ingest.tcp;

import io.logcaster.ingest.LargeMessages;
import io.logcaster.ingest.forward.ForwardSecurity;
import io.logcaster.ingest.framed.FramedClients;
import io.logcaster.security.Authenticator;
import io.logcaster.security.Tls;

/**
 * What all TCP ports of a server share.
 *
 * @param authenticator knows the tokens that senders show
 * @param tls the certificate
 * @param clients which connection delivers for which framed client
 * @param forward what senders of Fluentd's protocol have to know
 * @param memory what messages may take that are larger than most
 */
public record TcpServices(
    Authenticator authenticator,
    Tls tls,
    FramedClients clients,
    ForwardSecurity forward,
    LargeMessages memory) {}
