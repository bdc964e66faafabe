package io.distri.cli.backup;

import io.distri.cli.local.Home;
import io.distri.cli.operator.AskedNode;
import io.distri.cli.operator.Operator;
import io.distri.cli.terminal.Failure;
import io.distri.protocol.DurableFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes all documents of a node into a file. */
@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    description = {
      "Writes all collections and documents into a file, as one node holds them at one moment,"
          + " while it goes on serving.",
      "The file appears when it is whole. It is not encrypted."
    })
public final class BackupCommand implements Callable<Integer> {

  private final Home home;

  @Spec private CommandSpec spec;

  @Mixin private AskedNode node;

  @Parameters(
      paramLabel = "FILE",
      description = "The file to write; an existing one is left alone.")
  private Path file;

  @SuppressWarnings("NullAway.Init") // picocli sets the options
  public BackupCommand(Home home) {
    this.home = home;
  }

  @Override
  public Integer call() {
    long[] documents = {0};
    try {
      if (!DurableFile.create(file, out -> documents[0] = backup(out))) {
        throw Failure.exists(file);
      }
      spec.commandLine()
          .getOut()
          .printf(
              Locale.ROOT, "%s: %,d documents, %,d bytes%n", file, documents[0], Files.size(file));
      return 0;
    } catch (IOException e) {
      throw Failure.of("No backup was written to " + file, e);
    }
  }

  private long backup(OutputStream out) throws IOException {
    BackupStream.Content content =
        BackupStream.ofNode(new Operator(home), node.address(), out, page -> {});
    if (!content.head().complete()) {
      spec.commandLine()
          .getErr()
          .println(
              "Node "
                  + node.address()
                  + " had not yet got all that other nodes hold: take one of"
                  + " those, too.");
    }
    return content.documents();
  }
}
