package io.distri.benchmarks.node;

import io.distri.client.DistriClient;
import io.distri.protocol.ServiceNames;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/** Documents of 1 KB, of text that hardly compresses. */
final class Documents {
  private static final String TEXT =
      new Random(930).ints(930, 'A', 'z').mapToObj(Documents::letter).collect(Collectors.joining());
  private static final int WRITERS = 16;

  private Documents() {}

  static String uuid(int number) {
    return String.format(Locale.ROOT, "0b1c7f2e-5d3a-4c1b-9a52-%012d", number);
  }

  static byte[] document(int number, int version) {
    return "{\"UUID\":\"%s\",\"n\":%s,\"text\":\"%s\"}"
        .formatted(uuid(number), version, TEXT)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String letter(int character) {
    return character == '\\' ? "/" : Character.toString(character);
  }

  /** Writes so many documents, a few at a time. */
  static void fill(DistriClient client, int documents) throws Exception {
    try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
      List<Future<?>> calls = new ArrayList<>();
      for (int i = 0; i < documents; i++) {
        byte[] document = document(i, 0);
        calls.add(
            writers.submit(() ->
                client.sendDataWithParams(document, ServiceNames.UPDATE_DOCUMENT, "catalog")));
      }
      for (Future<?> call : calls) {
        call.get();
      }
    }
  }

  static byte[] filter(int number) {
    return "{\"UUID\":\"%s\"}".formatted(uuid(number)).getBytes(StandardCharsets.UTF_8);
  }
}
