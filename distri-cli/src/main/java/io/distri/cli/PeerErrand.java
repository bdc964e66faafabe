package io.distri.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Something that a running peer is asked to do with an image and another peer. */
abstract sealed class PeerErrand implements Callable<Integer> {

  private final PeerCommand peer;
  private final String path;
  private final String said;

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "PEER", description = "The other peer: its name or id.")
  private String other;

  @Parameters(index = "1", paramLabel = "IMAGE", description = "The image's name.")
  private String image;

  @SuppressWarnings("NullAway.Init") // picocli sets the parameters
  private PeerErrand(PeerCommand peer, String path, String said) {
    this.peer = peer;
    this.path = path;
    this.said = said;
  }

  static CommandLine request(PeerCommand peer) {
    return new CommandLine(new Request(peer));
  }

  static CommandLine grant(PeerCommand peer) {
    return new CommandLine(new Grant(peer));
  }

  static CommandLine deny(PeerCommand peer) {
    return new CommandLine(new Deny(peer));
  }

  static CommandLine change(PeerCommand peer) {
    return new CommandLine(new Change(peer));
  }

  abstract int views();

  @Override
  public Integer call() {
    String views = Integer.toString(views());
    peer.endpoint().tell(path, Map.of("peer", other, "resource", image, "views", views));
    spec.commandLine().getOut().printf(said + "%n", other, image, counted(views));
    return 0;
  }

  /** Views, in words. */
  static String counted(String views) {
    return views.equals("1") ? "1 view" : views + " views";
  }

  @Command(
      name = "request",
      mixinStandardHelpOptions = true,
      description = "Asks PEER for views of one of its images.")
  private static final class Request extends PeerErrand {
    @Parameters(index = "2", paramLabel = "VIEWS", defaultValue = "1", description = "How many.")
    private int views;

    Request(PeerCommand peer) {
      super(peer, "request", "Asked %1$s for %3$s of %2$s.");
    }

    @Override
    int views() {
      return views;
    }
  }

  @Command(
      name = "grant",
      mixinStandardHelpOptions = true,
      description = "Gives PEER views of an image that it asked for.")
  private static final class Grant extends PeerErrand {
    @Parameters(index = "2", paramLabel = "VIEWS", description = "How many.")
    private int views;

    Grant(PeerCommand peer) {
      super(peer, "grant", "Gave %1$s %3$s of %2$s.");
    }

    @Override
    int views() {
      return views;
    }
  }

  @Command(
      name = "deny",
      mixinStandardHelpOptions = true,
      description = "Refuses PEER an image that it asked for.")
  private static final class Deny extends PeerErrand {
    Deny(PeerCommand peer) {
      super(peer, "grant", "Refused %1$s %2$s.");
    }

    @Override
    int views() {
      return 0;
    }
  }

  @Command(
      name = "change",
      mixinStandardHelpOptions = true,
      description = "Changes how many views PEER has left of an image; 0 revokes it.")
  private static final class Change extends PeerErrand {
    @Parameters(index = "2", paramLabel = "LEFT", description = "How many.")
    private int views;

    Change(PeerCommand peer) {
      super(peer, "change", "%1$s has %3$s of %2$s left.");
    }

    @Override
    int views() {
      return views;
    }
  }
}
