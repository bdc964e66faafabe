package io.distri.cli.loadtest;

import io.distri.cli.loadtest.CellResult.Entries;
import io.distri.client.DistriClient;
import io.distri.client.DistriException;
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
  private final String recipient;

  /**
   * @param recipient {@code age1…} for whom images are sealed
   */
  EncryptWorkload(DistriClient client, byte[] image, String recipient) {
    this.client = client;
    this.image = image;
    this.recipient = recipient;
  }

  @Override
  public int callsPerRound() {
    return 1;
  }

  @Override
  public void round(Tally tally) {
    long start = System.nanoTime();
    try {
      byte[] sealed = client.sendDataWithParams(image, ServiceNames.ENCRYPT, recipient);
      Duration time = Duration.ofNanos(System.nanoTime() - start);
      if (carries(sealed)) {
        tally.done(time);
      } else {
        tally.failed("the answer is no picture that carries the image");
      }
    } catch (DistriException e) {
      tally.failed(e.getClass().getSimpleName());
    }
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
