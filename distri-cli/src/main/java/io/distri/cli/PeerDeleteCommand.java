package io.distri.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes an image back. */
@Command(
    name = "delete",
    mixinStandardHelpOptions = true,
    description = "Deletes an image from the peer's folder; views that were given stay.")
final class PeerDeleteCommand implements Callable<Integer> {

  private final PeerCommand peer;

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "IMAGE", description = "The image's name.")
  private String image;

  @SuppressWarnings("NullAway.Init") // picocli sets the parameters
  PeerDeleteCommand(PeerCommand peer) {
    this.peer = peer;
  }

  @Override
  public Integer call() {
    peer.endpoint().tell("delete", Map.of("resource", image));
    spec.commandLine().getOut().println("Deleted " + image + ".");
    return 0;
  }
}
