package io.distri.cli;

import java.util.ArrayList;
import java.util.List;

/** The original's spelling of a command, {@code --mode server}, in place of the first word. */
final class ModeWord {

  private static final String OPTION = "--mode";

  private ModeWord() {}

  /**
   * The arguments with the command as their first word, where {@code --mode} named it. Where the
   * first word is a command already, nothing is changed.
   */
  static List<String> inPlace(List<String> args) {
    if (args.isEmpty() || !args.get(0).startsWith("-")) {
      return args;
    }
    for (int i = 0; i < args.size(); i++) {
      String arg = args.get(i);
      if (arg.startsWith(OPTION + "=")) {
        return withFirst(arg.substring(OPTION.length() + 1), args, i, i + 1);
      }
      if (arg.equals(OPTION) && i + 1 < args.size()) {
        return withFirst(args.get(i + 1), args, i, i + 2);
      }
    }
    return args;
  }

  private static List<String> withFirst(String command, List<String> args, int from, int to) {
    List<String> words = new ArrayList<>(args.size());
    words.add(command);
    words.addAll(args.subList(0, from));
    words.addAll(args.subList(to, args.size()));
    return words;
  }
}
