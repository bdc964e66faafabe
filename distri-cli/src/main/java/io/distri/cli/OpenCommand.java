package io.distri.cli;

import io.distri.cli.local.Home;
import io.distri.cli.terminal.Failure;
import io.distri.protocol.image.AgeIdentity;
import io.distri.protocol.image.NotOpenedException;
import io.distri.protocol.image.SealedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Opens a sealed image on this machine, without a cluster. */
@Command(
    name = "open",
    mixinStandardHelpOptions = true,
    description = "Opens a sealed picture and writes the image that it carries.")
final class OpenCommand implements Callable<Integer> {

  private final Home home;

  @Spec private CommandSpec spec;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description =
          "The file of the identity that it was sealed for. Without it: the key of this machine,"
              + " which nodes started here seal for.")
  private @Nullable Path key;

  @Parameters(index = "0", paramLabel = "PNG", description = "The sealed picture.")
  private Path png;

  @Parameters(index = "1", paramLabel = "IMAGE", description = "The image to write.")
  private Path image;

  @SuppressWarnings("NullAway.Init") // picocli sets the options
  OpenCommand(Home home) {
    this.home = home;
  }

  @Override
  public Integer call() {
    List<AgeIdentity> identities = identities(key == null ? home.ageIdentityFile() : key);
    try (InputStream in = Files.newInputStream(png)) {
      long most = Files.isRegularFile(png) ? Files.size(png) : Long.MAX_VALUE;
      SealedImage.open(in, identities, image, most);
      // Where it went to a device or a pipe, that may be this command's own output.
      if (Files.isRegularFile(image, LinkOption.NOFOLLOW_LINKS)) {
        spec.commandLine()
            .getOut()
            .printf(Locale.ROOT, "%s: %,d bytes%n", image, Files.size(image));
      }
      return 0;
    } catch (NotOpenedException e) {
      throw new Failure(png + ": " + e.getMessage() + ".", e);
    } catch (IOException e) {
      throw Failure.of(png + " can't be opened into " + image, e);
    }
  }

  private static List<AgeIdentity> identities(Path file) {
    if (!Files.exists(file)) {
      throw new Failure("There is no key " + file + ": name one with --key.");
    }
    try {
      return AgeIdentity.parseAll(Files.readString(file));
    } catch (IOException e) {
      throw Failure.of("The key can't be read", e);
    } catch (IllegalArgumentException e) {
      throw new Failure(file + " is no key: " + e.getMessage() + ".", e);
    }
  }
}
