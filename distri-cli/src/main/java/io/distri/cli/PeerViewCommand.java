package io.distri.cli;

import io.distri.cli.terminal.Failure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes a view of a borrowed image. */
@Command(
    name = "view",
    mixinStandardHelpOptions = true,
    description = "Takes one view of an image and writes the image to a new file.")
final class PeerViewCommand implements Callable<Integer> {

  private final PeerCommand peer;

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "PEER", description = "Its owner: a name or an id.")
  private String owner;

  @Parameters(index = "1", paramLabel = "IMAGE", description = "The image's name.")
  private String image;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "Where to write it; an existing file is left alone, and no view is taken.")
  private Path out;

  @SuppressWarnings("NullAway.Init") // picocli sets the options
  PeerViewCommand(PeerCommand peer) {
    this.peer = peer;
  }

  @Override
  public Integer call() throws IOException {
    String left;
    try (OutputStream file = Files.newOutputStream(out, StandardOpenOption.CREATE_NEW)) {
      left = peer.endpoint().view(owner, image, file);
    } catch (Failure refused) {
      Files.delete(out);
      throw refused;
    } catch (IOException e) {
      throw Failure.of("The file can't be written", e);
    }
    spec.commandLine().getOut().printf("Wrote %s; %s left.%n", out, PeerErrand.counted(left));
    return 0;
  }
}
