package io.distri.cli;

import io.distri.cli.terminal.TextTable;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Lists what a running peer shows. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists requests, what may be viewed, what is shared, and the catalog.")
final class PeerListCommand implements Callable<Integer> {

  private final PeerCommand peer;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the spec
  PeerListCommand(PeerCommand peer) {
    this.peer = peer;
  }

  @Override
  public Integer call() {
    JsonNode state = peer.endpoint().state();
    PrintWriter out = spec.commandLine().getOut();
    boolean online = state.path("online").asBoolean();
    out.println(text(state, "id") + (online ? "" : " (the cloud does not answer)"));
    state.path("findings").forEach(finding -> out.println("! " + finding.asString()));
    requests(out, "Requests to you", state.path("inbox"), "user");
    requests(out, "You wait for", state.path("pending"), "provider");
    shares(out, "You may view", state.path("available"), "provider");
    shares(out, "You share", state.path("shared"), "user");
    TextTable catalog = new TextTable("Catalog", "owner", "bytes");
    state
        .path("catalog")
        .forEach(
            image -> catalog.add(text(image, "name"), text(image, "owner"), text(image, "size")));
    print(out, catalog, state.path("catalog"));
    return 0;
  }

  private static void requests(PrintWriter out, String title, JsonNode requests, String who) {
    TextTable table = new TextTable(title, "peer", "views");
    requests.forEach(request ->
        table.add(text(request, "resource"), text(request, who), text(request, "views")));
    print(out, table, requests);
  }

  private static void shares(PrintWriter out, String title, JsonNode shares, String who) {
    TextTable table = new TextTable(title, "peer", "left", "spent");
    for (JsonNode share : shares) {
      JsonNode grant = share.path("grant");
      boolean comes = share.path("left").asLong() > 0 && !share.path("here").asBoolean();
      table.add(
          text(grant, "resource") + (comes ? " (on its way)" : ended(grant, share)),
          text(grant, who),
          text(share, "left"),
          text(share, "spent"));
    }
    print(out, table, shares);
  }

  private static String ended(JsonNode grant, JsonNode share) {
    if (share.path("left").asLong() > 0) {
      return "";
    }
    return switch (text(grant, "answer")) {
      case "DENIED" -> " (refused)";
      case "DELETED" -> " (deleted by its owner)";
      default -> "";
    };
  }

  private static void print(PrintWriter out, TextTable table, JsonNode rows) {
    if (!rows.isEmpty()) {
      out.println();
      table.lines().forEach(out::println);
    }
  }

  private static String text(JsonNode object, String field) {
    return object.path(field).asString("");
  }
}
