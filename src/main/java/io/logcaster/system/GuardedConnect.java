package io.logcaster.system;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.io.IOException;
import java.net.SocketAddress;

/** Checks the address that a name was resolved to, just before the connection is made. */
public final class GuardedConnect extends ChannelOutboundHandlerAdapter {

  private final AddressGuard guard;

  public GuardedConnect(AddressGuard guard) {
    this.guard = guard;
  }

  @Override
  public void connect(
      ChannelHandlerContext context,
      SocketAddress remote,
      SocketAddress local,
      ChannelPromise promise)
      throws Exception {
    try {
      guard.check(remote);
    } catch (IOException ex) {
      promise.setFailure(ex);
      return;
    }
    super.connect(context, remote, local, promise);
  }
}
