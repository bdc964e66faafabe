package io.distri.cli.backup;

import io.distri.cli.local.Home;
import io.distri.cli.operator.AskedNode;
import io.distri.cli.operator.Operator;
import io.distri.cli.terminal.Failure;
import io.distri.cli.terminal.Progress;
import io.distri.node.backup.Incoming.Existing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Brings documents from JSON lines into a cluster. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = {
      "Brings documents into a cluster, as new writes: lines as ./distri export writes them,"
          + " {\"collection\":\"catalog\",\"document\":{\"UUID\":\"cat\"}}.",
      "The node checks all of it first: a file with a bad line changes nothing."
    })
public final class ImportCommand implements Callable<Integer> {

  private final Home home;

  @Spec private CommandSpec spec;

  @Mixin private AskedNode node;

  @Parameters(paramLabel = "FILE", description = "The lines.")
  private Path file;

  @Option(names = "--dry-run", description = "Only say what would be done; exits as that would.")
  private boolean dryRun;

  @Option(
      names = "--replace",
      description =
          "Replace documents that are there with other content. Without it they stay and are"
              + " listed.")
  private boolean replace;

  @SuppressWarnings("NullAway.Init") // picocli sets the options
  public ImportCommand(Home home) {
    this.home = home;
  }

  @Override
  public Integer call() {
    Existing existing = replace ? Existing.REPLACE : Existing.KEEP;
    try {
      long lines = LinesFile.check(file);
      try (Upload upload = new Upload(new Operator(home), node.address(), existing, dryRun)) {
        if (!dryRun) {
          pages("Checking", lines, upload::check);
        }
        pages(dryRun ? "Comparing" : "Importing", lines, upload::send);
        return upload.report(spec.commandLine().getOut(), spec.commandLine().getErr());
      }
    } catch (IOException e) {
      throw Failure.of(file + " can't be imported", e);
    }
  }

  private void pages(String task, long lines, BackupStream.Pages each) throws IOException {
    try (Progress progress = Progress.of(task, lines)) {
      LinesFile.read(
          file,
          page -> {
            each.accept(page);
            progress.step(page.collections().size() + (long) page.documents().size());
          });
    }
  }
}
