package io.distri.cli.loadtest;

import io.distri.cli.loadtest.CellResult.Entries;
import io.distri.client.DistriClient;
import io.distri.client.DistriRequest;
import io.distri.protocol.ServiceNames;
import io.distri.protocol.image.ImageType;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One call a round: an image is sealed. */
final class EncryptWorkload implements Workload {

  private final DistriClient client;
  private final byte[] image;
  private final DistriRequest request;

  /**
   * @param recipient {@code age1…} for whom images are sealed
   */
  EncryptWorkload(DistriClient client, byte[] image, String recipient) {
    this.client = client;
    this.image = image;
    this.request = DistriRequest.to(ServiceNames.ENCRYPT).body(image).params(recipient).build();
  }

  @Override
  public int callsPerRound() {
    return Kind.ENCRYPT.calls();
  }

  @Override
  public void round(long due, Caller caller) {
    caller.make(due, this::isSealed);
  }

  private boolean isSealed(Duration deadline) {
    return carries(client.send(request.toBuilder().deadline(deadline).build()).body());
  }

  @Override
  public @Nullable Entries entries() {
    return null;
  }

  @Override
  public void close() {
    // Nodes keep nothing of a sealed image.
  }

  /** Opening each answer would cost the clients as much as sealing costs the nodes. */
  private boolean carries(byte[] sealed) {
    byte[] head = Arrays.copyOf(sealed, Math.min(sealed.length, ImageType.HEAD_BYTES));
    return sealed.length > image.length && ImageType.sniff(head).equals(Optional.of(ImageType.PNG));
  }
}
