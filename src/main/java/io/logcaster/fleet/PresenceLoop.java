package io.logcaster.fleet;

import io.logcaster.nodes.NodeName;
import io.logcaster.nodes.NodePresence;
import io.logcaster.nodes.NodeProperties;
import io.logcaster.work.LongLived;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Tells other nodes of this one, by way of the control database that they share, if they do. */
@Component
final class PresenceLoop implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(PresenceLoop.class);

  private static final JsonMapper JSON = new JsonMapper();

  private final NodePresence presence;
  private final OwnStatus own;
  private final NodeName name;
  private final NodeProperties node;
  private volatile boolean running;
  private @Nullable Thread thread;

  PresenceLoop(NodePresence presence, OwnStatus own, NodeName name, NodeProperties node) {
    this.name = name;
    this.presence = presence;
    this.own = own;
    this.node = node;
  }

  @Override
  public void start() {
    if (presence.isShared()) {
      running = true;
      thread = LongLived.startVirtual("presence", this::run);
    }
  }

  private void run() {
    try {
      while (running) {
        tell();
        TimeUnit.NANOSECONDS.sleep(NodePresence.BEAT.toNanos());
      }
    } catch (InterruptedException ex) {
      Thread.currentThread().interrupt();
    }
  }

  private void tell() {
    try {
      presence.tell(name.get(), node.address(), JSON.writeValueAsString(own.now()));
      presence.forgetLost();
    } catch (DataAccessException ex) {
      LOG.debug("The control database cannot be reached", ex); // health says so
    }
  }

  /** A node that is stopped in order is not missed; one that dies is, for a while. */
  @Override
  public void stop() {
    if (!running) {
      return;
    }
    running = false;
    Thread last = thread;
    try {
      if (last != null) {
        last.interrupt();
        last.join();
      }
      presence.leave();
    } catch (InterruptedException ex) {
      Thread.currentThread().interrupt();
    } catch (DataAccessException ex) {
      LOG.debug("Others will see that it is away", ex);
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** After the web server, whose port is a part of the name. */
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE;
  }
}
