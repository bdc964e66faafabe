package io.distri.cli.backup;

import io.distri.cli.local.Home;
import io.distri.cli.operator.AskedNode;
import io.distri.cli.operator.Operator;
import io.distri.cli.terminal.Failure;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
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
    BackupStream.Content content;
    try (NewFile target = new NewFile(file);
        OutputStream out = new BufferedOutputStream(target.out())) {
      content = BackupStream.ofNode(new Operator(home), node.address(), out, page -> {});
      out.flush();
      target.finish();
      spec.commandLine()
          .getOut()
          .printf("%s: %,d documents, %,d bytes%n", file, content.documents(), Files.size(file));
    } catch (IOException e) {
      throw Failure.of("No backup was written to " + file, e);
    }
    if (!content.head().complete()) {
      spec.commandLine()
          .getErr()
          .println(
              "Node "
                  + node.address()
                  + " had not yet got all that other nodes hold: take one of"
                  + " those, too.");
    }
    return 0;
  }
}
