package io.distri.cli.backup;

import io.distri.cli.local.Home;
import io.distri.cli.operator.AskedNode;
import io.distri.cli.operator.Operator;
import io.distri.cli.terminal.Failure;
import io.distri.protocol.DurableFile;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes documents as JSON lines. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Writes collections and documents as JSON, one a line, as one node holds them at one moment.",
      "./distri import reads the same lines."
    })
public final class ExportCommand implements Callable<Integer> {

  private final Home home;

  @Spec private CommandSpec spec;

  @Mixin private AskedNode node;

  @Option(
      names = "--collection",
      split = ",",
      paramLabel = "NAME",
      description = "Only this collection; may be given more than once. Without it: all.")
  private List<String> collections = List.of();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "The file to write, which appears when it is whole; an existing one is left alone. Without"
              + " it: the standard output.")
  private @Nullable Path file;

  @SuppressWarnings("NullAway.Init") // picocli sets the options
  public ExportCommand(Home home) {
    this.home = home;
  }

  @Override
  public Integer call() {
    return file == null ? toOutput(spec.commandLine().getOut()) : toFile(file);
  }

  /** In ASCII, which every console has. */
  private int toOutput(PrintWriter out) {
    try {
      export(line -> out.print(JsonLine.ascii(line) + "\n"));
    } catch (IOException e) {
      throw Failure.of("Not all documents could be read", e);
    }
    if (out.checkError()) {
      throw new Failure("The output was closed before all documents were written.");
    }
    return 0;
  }

  private int toFile(Path target) {
    long[] documents = {0};
    try {
      if (!DurableFile.create(target, out -> documents[0] = export(out))) {
        throw Failure.exists(target);
      }
      spec.commandLine().getOut().printf(Locale.ROOT, "%s: %,d documents%n", target, documents[0]);
      return 0;
    } catch (IOException e) {
      throw Failure.of("Nothing was exported to " + target, e);
    }
  }

  private long export(OutputStream out) throws IOException {
    return export(line -> {
      out.write(line.getBytes(StandardCharsets.UTF_8));
      out.write('\n');
    });
  }

  /** Where lines go. */
  @FunctionalInterface
  private interface Lines {
    void write(String line) throws IOException;
  }

  private long export(Lines lines) throws IOException {
    Set<String> missing = new HashSet<>(collections);
    long[] documents = {0};
    BackupStream.ofNode(
        new Operator(home),
        node.address(),
        OutputStream.nullOutputStream(),
        page -> {
          for (var collection : page.collections()) {
            if (collection.exists() && isWanted(collection.name())) {
              missing.remove(collection.name());
              lines.write(JsonLine.of(collection));
            }
          }
          for (var document : page.documents()) {
            if (isWanted(document.collection())) {
              missing.remove(document.collection());
              lines.write(JsonLine.of(document));
              documents[0]++;
            }
          }
        });
    if (!missing.isEmpty()) {
      throw new Failure("There is no collection " + String.join(", ", missing) + ".");
    }
    return documents[0];
  }

  private boolean isWanted(String collection) {
    return collections.isEmpty() || collections.contains(collection);
  }
}
