package io.distri.peer;

import io.distri.peer.operations.Engine;
import org.springframework.context.SmartLifecycle;

/** Sets the engine going once the ports are open, and stops it before they close. */
final class EngineStart implements SmartLifecycle {
  private final Engine engine;
  private volatile boolean running;

  EngineStart(Engine engine) {
    this.engine = engine;
  }

  @Override
  public void start() {
    running = true;
    engine.start();
  }

  @Override
  public void stop() {
    running = false;
    engine.close();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** After the web server. */
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE;
  }
}
