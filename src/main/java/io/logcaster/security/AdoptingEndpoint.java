package io.logcaster.security;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.NetworkChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.function.Function;
import org.apache.tomcat.util.net.NioEndpoint;
import org.jspecify.annotations.Nullable;

/** The container's endpoint, on a server socket that may have been opened before it. */
final class AdoptingEndpoint extends NioEndpoint {

  private volatile Function<InetSocketAddress, @Nullable ServerSocketChannel> opened =
      (address) -> null;

  private volatile @Nullable ServerSocketChannel adopted;

  /**
   * Asks for the socket when the container would open its own.
   *
   * @param sockets gives the open socket of an address, or null
   */
  void adopt(Function<InetSocketAddress, @Nullable ServerSocketChannel> sockets) {
    opened = sockets;
  }

  @Override
  protected void initServerSocket() throws Exception {
    ServerSocketChannel channel =
        opened.apply(new InetSocketAddress(getAddress(), getPortWithOffset()));
    adopted = channel;
    if (channel == null) {
      super.initServerSocket();
    }
  }

  @Override
  protected NetworkChannel getServerSocket() {
    ServerSocketChannel channel = adopted;
    return (channel == null) ? super.getServerSocket() : channel;
  }

  @Override
  protected SocketChannel serverSocketAccept() throws Exception {
    ServerSocketChannel channel = adopted;
    return (channel == null) ? super.serverSocketAccept() : channel.accept();
  }

  @Override
  protected void doCloseServerSocket() throws IOException {
    ServerSocketChannel channel = adopted;
    if (channel == null) {
      super.doCloseServerSocket();
    } else {
      channel.close();
    }
  }
}
