package io.distri.cli;

import io.distri.cli.terminal.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Publishes an image. */
@Command(
    name = "add",
    mixinStandardHelpOptions = true,
    description = "Copies an image into the peer's folder and publishes it.")
final class PeerAddCommand implements Callable<Integer> {

  private final PeerCommand peer;

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "FILE", description = "The image.")
  private Path file;

  @Option(names = "--no-thumbnail", description = "Nobody sees a small picture of it.")
  private boolean hidden;

  @SuppressWarnings("NullAway.Init") // picocli sets the options
  PeerAddCommand(PeerCommand peer) {
    this.peer = peer;
  }

  @Override
  public Integer call() {
    if (!Files.isReadable(file)) {
      throw new Failure("There is no " + file + ".");
    }
    String name = String.valueOf(file.getFileName());
    peer.endpoint().add(file, name, !hidden);
    spec.commandLine().getOut().println("Published " + name + ".");
    return 0;
  }
}
