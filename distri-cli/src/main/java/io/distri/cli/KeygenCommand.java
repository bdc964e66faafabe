package io.distri.cli;

import io.distri.cli.terminal.Failure;
import io.distri.protocol.image.AgeIdentity;
import io.distri.protocol.image.AgeIdentityFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes a key that opens sealed images, and its recipient, for which others seal. */
@Command(
    name = "keygen",
    mixinStandardHelpOptions = true,
    description = {
      "Makes an age identity: a secret key, AGE-SECRET-KEY-1…, and its recipient, age1….",
      "The age and rage tools read and write the same files."
    })
final class KeygenCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "Where to write the identity, for its owner's eyes only; an existing file is left alone."
              + " Without it, the identity is printed.")
  private @Nullable Path out;

  @SuppressWarnings("NullAway.Init") // picocli sets the spec
  KeygenCommand() {}

  @Override
  public Integer call() {
    AgeIdentity identity = AgeIdentity.generate();
    if (out == null) {
      spec.commandLine().getOut().print(identity.fileContent(Instant.now()));
      spec.commandLine().getOut().flush();
    } else {
      write(out, identity);
      spec.commandLine().getOut().println("Public key: " + identity.recipient());
    }
    return 0;
  }

  private static void write(Path file, AgeIdentity identity) {
    boolean made;
    try {
      made = AgeIdentityFile.create(file, identity);
    } catch (IOException e) {
      throw Failure.of("The key can't be written", e);
    }
    if (!made) {
      throw Failure.exists(file);
    }
  }
}
