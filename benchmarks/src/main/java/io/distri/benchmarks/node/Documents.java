package io.distri.benchmarks.node;

import java.nio.charset.StandardCharsets;

/** Documents of 1 KB. */
final class Documents {
  private static final String TEXT = "x".repeat(930);

  private Documents() {}

  static String uuid(int number) {
    return "0b1c7f2e-5d3a-4c1b-9a52-%012d".formatted(number);
  }

  static byte[] document(int number, int version) {
    return "{\"UUID\":\"%s\",\"n\":%d,\"text\":\"%s\"}"
        .formatted(uuid(number), version, TEXT)
        .getBytes(StandardCharsets.UTF_8);
  }

  static byte[] filter(int number) {
    return "{\"UUID\":\"%s\"}".formatted(uuid(number)).getBytes(StandardCharsets.UTF_8);
  }
}
