package com.example.thumbnail;

import io.distri.node.problem.ProblemException;
import io.distri.node.service.CloudService;
import io.distri.node.service.ServiceRequest;
import io.distri.node.service.ServiceResponse;
import io.distri.protocol.ProblemType;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.springframework.stereotype.Component;

/**
 * {@code POST /services/Thumbnail?param=SIZE}: an image in, a PNG out that fits into a square of so
 * many pixels, 160 where none are named.
 */
@Component
class Thumbnails implements CloudService {
  private static final int USUAL_SIZE = 160;
  private static final int LARGEST_SIZE = 1024;
  private static final long MOST_PIXELS = 50_000_000;

  @Override
  public String name() {
    return "Thumbnail";
  }

  /** The same image gives the same thumbnail. */
  @Override
  public boolean idempotent() {
    return true;
  }

  @Override
  public ServiceResponse serve(ServiceRequest request) throws IOException {
    int size = size(request.param());
    return ServiceResponse.of("image/png", png(scaled(decoded(request.bytes()), size)));
  }

  private static BufferedImage decoded(byte[] bytes) throws IOException {
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(bytes))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new ProblemException(
            ProblemType.NOT_AN_IMAGE, "Send a JPEG, PNG, GIF, BMP or WBMP image.");
      }
      ImageReader reader = readers.next();
      reader.setInput(in);
      // A few bytes may claim to be a huge picture: look before memory is taken for it.
      if ((long) reader.getWidth(0) * reader.getHeight(0) > MOST_PIXELS) {
        throw new ProblemException(
            ProblemType.BODY_TOO_LARGE, "An image may have 50 million pixels at most.");
      }
      return reader.read(0);
    } catch (IIOException broken) {
      throw new ProblemException(ProblemType.NOT_AN_IMAGE, "The image is broken.");
    }
  }

  private static int size(String param) {
    if (param == null) {
      return USUAL_SIZE;
    }
    int size = param.matches("\\d{1,4}") ? Integer.parseInt(param) : 0;
    if (size < 1 || size > LARGEST_SIZE) {
      throw new ProblemException(
          ProblemType.MALFORMED_REQUEST, "param is a size in pixels, 1 to " + LARGEST_SIZE + ".");
    }
    return size;
  }

  private static BufferedImage scaled(BufferedImage image, int size) {
    double factor = Math.min(1, (double) size / Math.max(image.getWidth(), image.getHeight()));
    int width = Math.max(1, (int) Math.round(image.getWidth() * factor));
    int height = Math.max(1, (int) Math.round(image.getHeight() * factor));
    BufferedImage scaled = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    Graphics2D graphics = scaled.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(image, 0, 0, width, height, null);
    graphics.dispose();
    return scaled;
  }

  private static byte[] png(BufferedImage image) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }
}
