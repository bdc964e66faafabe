package io.distri.cli;

import io.distri.cli.local.Home;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;

/** Runs commands in this process and keeps what they say. */
final class Cli {

  private final Home home;

  Cli(Path home) {
    this.home = new Home(home);
  }

  /** What came of a command. */
  record Result(int code, String out, String err) {}

  Result run(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Main.run(home, List.of(args), new PrintWriter(out, true), new PrintWriter(err, true));
    return new Result(code, out.toString(), err.toString());
  }
}
