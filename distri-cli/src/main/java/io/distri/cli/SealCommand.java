package io.distri.cli;

import io.distri.cli.local.Home;
import io.distri.cli.terminal.Failure;
import io.distri.protocol.image.AgeRecipient;
import io.distri.protocol.image.Covers;
import io.distri.protocol.image.ImageType;
import io.distri.protocol.image.SealedImage;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Seals an image on this machine, without a cluster. */
@Command(
    name = "seal",
    mixinStandardHelpOptions = true,
    description = "Seals an image into a picture that only its recipients can open.")
final class SealCommand implements Callable<Integer> {

  private final Home home;

  @Spec private CommandSpec spec;

  @Option(
      names = "--to",
      paramLabel = "age1…",
      converter = RecipientConverter.class,
      description = "Who may open it; can be repeated. Without it: the key of this machine.")
  private List<AgeRecipient> recipients;

  @Parameters(index = "0", paramLabel = "IMAGE", description = "The image to seal.")
  private Path image;

  @Parameters(index = "1", paramLabel = "PNG", description = "The picture to write.")
  private Path png;

  @SuppressWarnings("NullAway.Init") // picocli sets the options
  SealCommand(Home home) {
    this.home = home;
  }

  @Override
  public Integer call() {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(image))) {
      requireImage(in);
      List<AgeRecipient> readers =
          recipients == null ? List.of(home.ageIdentity().recipient()) : recipients;
      long length = Files.isRegularFile(image) ? Files.size(image) : -1;
      long sealed = SealedImage.seal(in, length, readers, Covers.shipped(), png);
      // Where it went to a device or a pipe, that may be this command's own output.
      if (Files.isRegularFile(png, LinkOption.NOFOLLOW_LINKS)) {
        spec.commandLine()
            .getOut()
            .printf(
                Locale.ROOT,
                "%s: %,d bytes, carries the %,d of %s%n",
                png,
                Files.size(png),
                sealed,
                image);
      }
      return 0;
    } catch (IOException e) {
      throw Failure.of(image + " can't be sealed into " + png, e);
    } catch (IllegalArgumentException e) {
      throw new Failure(image + " can't be sealed: " + e.getMessage() + ".", e);
    }
  }

  /** Looks at the first bytes, which can be read again. */
  private void requireImage(InputStream in) throws IOException {
    in.mark(ImageType.HEAD_BYTES);
    byte[] head = in.readNBytes(ImageType.HEAD_BYTES);
    in.reset();
    if (ImageType.sniff(head).isEmpty()) {
      throw new Failure(image + " is no PNG, JPEG, GIF, WebP, BMP, AVIF, HEIC or TIFF image.");
    }
  }

  /** Reads {@code age1…} from an argument. */
  static final class RecipientConverter implements ITypeConverter<AgeRecipient> {
    @Override
    public AgeRecipient convert(String text) {
      try {
        return AgeRecipient.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
