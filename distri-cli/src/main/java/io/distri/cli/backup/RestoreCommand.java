package io.distri.cli.backup;

import io.distri.cli.local.Home;
import io.distri.cli.operator.AskedNode;
import io.distri.cli.operator.Operator;
import io.distri.cli.terminal.Failure;
import io.distri.node.backup.BackupPage;
import io.distri.node.backup.Incoming.Existing;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Brings the documents of a backup into a cluster. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    description = {
      "Brings the collections and documents of a backup into a new cluster, as new writes.",
      "The node checks all of it first: a damaged file changes nothing, and neither does one"
          + " that the node can't take."
    })
public final class RestoreCommand implements Callable<Integer> {

  private final Home home;

  @Spec private CommandSpec spec;

  @Mixin private AskedNode node;

  @Parameters(paramLabel = "FILE", description = "What ./distri backup wrote.")
  private Path file;

  @Option(
      names = "--into-existing",
      description =
          "Also where the cluster has documents. They stay; those of the backup that have other"
              + " content are left out and listed.")
  private boolean intoExisting;

  @Option(
      names = "--replace",
      description = "With --into-existing: documents of the backup replace those that are there.")
  private boolean replace;

  @SuppressWarnings("NullAway.Init") // picocli sets the options
  public RestoreCommand(Home home) {
    this.home = home;
  }

  @Override
  public Integer call() {
    Operator operator = new Operator(home);
    Existing existing = replace && intoExisting ? Existing.REPLACE : Existing.KEEP;
    try {
      try (Upload upload = new Upload(operator, node.address(), existing, false)) {
        long held = intoExisting ? 0 : upload.held();
        if (held > 0) {
          throw new Failure(
              String.format(
                  Locale.ROOT,
                  "The cluster has %,d documents already: restore into a new one, or say"
                      + " --into-existing.",
                  held));
        }
        read("Checking", upload::check);
        read("Restoring", page -> upload.send(intoExisting ? withoutDropped(page) : page));
        return upload.report(spec.commandLine().getOut(), spec.commandLine().getErr());
      }
    } catch (IOException e) {
      throw Failure.of(file + " can't be restored", e);
    }
  }

  /** A collection that is in use, though empty, is not dropped for an old backup's sake. */
  private static BackupPage withoutDropped(BackupPage page) {
    return new BackupPage(
        page.collections().stream().filter(BackupPage.Collection::exists).toList(),
        page.documents());
  }

  private void read(String task, BackupStream.Pages pages) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      BackupStream.read(in, task, pages);
    }
  }
}
