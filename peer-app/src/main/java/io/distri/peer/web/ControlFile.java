package io.distri.peer.web;

import io.distri.peer.vault.Folders;
import io.distri.protocol.DurableFile;
import io.distri.protocol.HostPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.springframework.context.SmartLifecycle;
import tools.jackson.databind.json.JsonMapper;

/** Tells the terminal, by a file that only the person reads, where the running peer is. */
final class ControlFile implements SmartLifecycle {
  private final Folders folders;
  private final HostPort web;
  private final Secrets secrets;
  private volatile boolean running;

  ControlFile(Folders folders, HostPort web, Secrets secrets) {
    this.folders = folders;
    this.web = web;
    this.secrets = secrets;
  }

  @Override
  public void start() {
    try {
      DurableFile.replace(
          folders.control(),
          JsonMapper.shared()
              .writeValueAsBytes(Map.of("url", "http://" + web, "token", secrets.terminal())));
      running = true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void stop() {
    running = false;
    try {
      DurableFile.delete(folders.control());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Once the page is there. */
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE;
  }
}
