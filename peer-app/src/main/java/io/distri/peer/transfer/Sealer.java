package io.distri.peer.transfer;

import io.distri.client.DistriClient;
import io.distri.client.DistriException;
import io.distri.client.DistriRequest;
import io.distri.protocol.DurableFile;
import io.distri.protocol.ServiceNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Has images sealed by the cloud, as bare age files. One at a time: an image and its sealed form
 * are in memory together while the cloud has it, the one moment at which memory grows with size.
 */
public final class Sealer {
  private static final Duration DEADLINE = Duration.ofMinutes(2);

  private final DistriClient cloud;

  public Sealer(DistriClient cloud) {
    this.cloud = cloud;
  }

  /**
   * Seals an image.
   *
   * @param recipient {@code age1…}, who alone can open it
   * @param sealed appears whole or not at all
   * @throws DistriException where the cloud does not do it
   */
  public synchronized void seal(Path image, String recipient, Path sealed) throws IOException {
    DurableFile.replace(
        sealed,
        cloud
            .send(
                DistriRequest.to(ServiceNames.ENCRYPT)
                    .params(recipient)
                    .accept("application/octet-stream")
                    .deadline(DEADLINE)
                    .body(Files.readAllBytes(image))
                    .build())
            .body());
  }
}
