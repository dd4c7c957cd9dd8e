package io.logcaster.notice.channel;

import io.logcaster.system.AddressGuard;
import io.logcaster.system.ConnectingSocketFactory;
import io.logcaster.system.TrustedCertificates;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * Makes sockets that check their address and then speak TLS from the start. Their users see plain
 * sockets: the mail client would put TLS of its own on them, which trusts other certificates.
 */
final class TlsSocketFactory extends ConnectingSocketFactory {

  private final AddressGuard guard;
  private final TrustedCertificates trusted;

  TlsSocketFactory(AddressGuard guard, TrustedCertificates trusted) {
    this.guard = guard;
    this.trusted = trusted;
  }

  @Override
  public Socket createSocket() {
    return new TlsSocket();
  }

  private final class TlsSocket extends Socket {

    private @Nullable SSLSocket secure;
    private int readTimeout;

    @Override
    public void connect(SocketAddress endpoint) throws IOException {
      connect(endpoint, 0);
    }

    @Override
    public void connect(SocketAddress endpoint, int timeout) throws IOException {
      if (!(endpoint instanceof InetSocketAddress address)) {
        throw new SocketException("Not an internet address: " + endpoint);
      }
      Socket plain = guard.connect(address.getHostString(), address.getPort(), timeout);
      try {
        plain.setSoTimeout(readTimeout > 0 ? readTimeout : timeout);
        SSLSocket made = trusted.secure(plain, address.getHostString(), address.getPort());
        made.setSoTimeout(readTimeout);
        secure = made;
      } catch (IOException ex) {
        plain.close();
        throw ex;
      }
    }

    private SSLSocket open() throws SocketException {
      SSLSocket open = secure;
      if (open == null) {
        throw new SocketException("Not connected");
      }
      return open;
    }

    @Override
    public InputStream getInputStream() throws IOException {
      return open().getInputStream();
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
      return open().getOutputStream();
    }

    @Override
    public void setSoTimeout(int timeout) throws SocketException {
      readTimeout = timeout;
      if (secure != null) {
        open().setSoTimeout(timeout);
      }
    }

    @Override
    public int getSoTimeout() {
      return readTimeout;
    }

    @Override
    public boolean isConnected() {
      return secure != null;
    }

    @Override
    public boolean isClosed() {
      SSLSocket open = secure;
      return open != null ? open.isClosed() : super.isClosed();
    }

    @Override
    public @Nullable InetAddress getInetAddress() {
      SSLSocket open = secure;
      return open == null ? null : open.getInetAddress();
    }

    @Override
    public InetAddress getLocalAddress() {
      SSLSocket open = secure;
      return open == null ? super.getLocalAddress() : open.getLocalAddress();
    }

    @Override
    public int getPort() {
      SSLSocket open = secure;
      return open == null ? 0 : open.getPort();
    }

    @Override
    public void close() throws IOException {
      SSLSocket open = secure;
      if (open != null) {
        open.close();
      }
      super.close();
    }
  }
}
