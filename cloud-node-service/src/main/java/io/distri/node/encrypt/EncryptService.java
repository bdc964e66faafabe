package io.distri.node.encrypt;

import io.distri.node.problem.ProblemException;
import io.distri.node.service.CloudService;
import io.distri.node.service.ServiceRequest;
import io.distri.node.service.ServiceResponse;
import io.distri.protocol.ProblemType;
import io.distri.protocol.ServiceNames;
import io.distri.protocol.image.AgeRecipient;
import io.distri.protocol.image.Covers;
import io.distri.protocol.image.ImageType;
import io.distri.protocol.image.SealedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.util.ConcurrentLruCache;

/** Seals images for their recipients and hides them in a cover. Thread-safe. */
final class EncryptService implements CloudService {

  /** Callers come back with the same few keys; reading one takes half as long as sealing for it. */
  private static final int KEYS_KEPT = 1024;

  private static final String PICTURE = "image/png";

  private final ConcurrentLruCache<String, AgeRecipient> keys =
      new ConcurrentLruCache<>(KEYS_KEPT, AgeRecipient::parse);
  private final List<AgeRecipient> recipients;
  private final Supplier<Covers> covers;

  /**
   * @param recipients whom calls seal for that name nobody
   * @param covers the same each time; asked for by the first call that hides an image
   */
  EncryptService(List<AgeRecipient> recipients, Supplier<Covers> covers) {
    this.recipients = List.copyOf(recipients);
    this.covers = covers;
  }

  @Override
  public String name() {
    return ServiceNames.ENCRYPT;
  }

  @Override
  public boolean idempotent() {
    return true;
  }

  @Override
  public ServiceResponse serve(ServiceRequest request) throws IOException {
    List<AgeRecipient> readers = recipients(request.params());
    byte[] image = request.bytes();
    requireImage(image);
    if (request.preferred(PICTURE, ServiceResponse.OCTETS).equals(ServiceResponse.OCTETS)) {
      return ServiceResponse.streamed(
          ServiceResponse.OCTETS,
          SealedImage.bareLength(image.length, readers.size()),
          out -> SealedImage.sealBare(new ByteArrayInputStream(image), readers, out));
    }
    Covers hiding = covers.get();
    return ServiceResponse.streamed(
        PICTURE,
        SealedImage.pictureLength(image.length, readers.size(), hiding),
        out ->
            SealedImage.seal(new ByteArrayInputStream(image), image.length, readers, hiding, out));
  }

  private List<AgeRecipient> recipients(List<String> params) {
    if (params.isEmpty()) {
      if (recipients.isEmpty()) {
        throw new ProblemException(
            ProblemType.NO_RECIPIENT,
            "Name a recipient, ?param=age1…, or set distri.node.encrypt.recipients.");
      }
      return recipients;
    }
    try {
      return params.stream().map(keys::get).toList();
    } catch (IllegalArgumentException e) {
      throw new ProblemException(ProblemType.BAD_RECIPIENT, String.valueOf(e.getMessage()));
    }
  }

  private static void requireImage(byte[] image) {
    if (image.length == 0) {
      throw new ProblemException(ProblemType.EMPTY_BODY, "Send an image as the body.");
    }
    byte[] head = Arrays.copyOf(image, Math.min(image.length, ImageType.HEAD_BYTES));
    if (ImageType.sniff(head).isEmpty()) {
      throw new ProblemException(
          ProblemType.NOT_AN_IMAGE,
          "The body is no PNG, JPEG, GIF, WebP, BMP, AVIF, HEIC or TIFF image.");
    }
  }
}
