package io.distri.cli;

import io.distri.cli.local.Home;
import io.distri.cli.local.SampleImage;
import io.distri.client.DistriClient;
import io.distri.client.DistriException;
import io.distri.client.DistriRequest;
import io.distri.client.DistriResponse;
import io.distri.protocol.ServiceNames;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The original's example client. */
@Command(
    name = "client",
    mixinStandardHelpOptions = true,
    description = {
      "Seals the sample photo 10 times, then adds a document to the collection catalog, updates it"
          + " and reads the collection."
    })
final class ClientCommand implements Callable<Integer> {

  private static final int IMAGES = 10;

  private static final String COLLECTION = "catalog";

  private final Home home;

  @Spec private CommandSpec spec;

  @Mixin private ClusterOption cluster;

  @Option(names = "--report", description = "Prints the stats of every node at the end.")
  private boolean report;

  @SuppressWarnings("NullAway.Init") // picocli sets the options
  ClientCommand(Home home) {
    this.home = home;
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (DistriClient client = cluster.client()) {
      StatsCommand.reachable(client);
      Tasks tasks = new Tasks(client, out);
      seal(tasks);
      keepDocument(tasks);
      if (report) {
        StatsCommand.print(client.askStats(), out);
      }
      out.println("Test completed: Total failed tasks: " + tasks.failed);
      out.printf(Locale.ROOT, "Avg response time: %.6f%n", tasks.meanSeconds());
      return tasks.failed == 0 ? 0 : 1;
    }
  }

  private void seal(Tasks tasks) {
    byte[] image = SampleImage.bytes();
    String recipient = home.ageIdentity().recipient().toString();
    DistriRequest request =
        DistriRequest.to(ServiceNames.ENCRYPT).body(image).params(recipient).build();
    for (int task = 0; task < IMAGES; task++) {
      tasks.make(
          request,
          sealed ->
              String.format(Locale.ROOT, "%,d bytes sealed into %,d", image.length, sealed.length));
    }
  }

  private static void keepDocument(Tasks tasks) {
    String uuid = UUID.randomUUID().toString();
    String document = "{\"UUID\":\"%s\",\"name\":\"%s\",\"views\":%s}";
    tasks.make(
        write(ServiceNames.ADD_DOCUMENT, document.formatted(uuid, SampleImage.NAME, 0)),
        ClientCommand::text);
    tasks.make(
        write(ServiceNames.UPDATE_DOCUMENT, document.formatted(uuid, SampleImage.NAME, 1)),
        ClientCommand::text);
    tasks.make(
        DistriRequest.to(ServiceNames.READ_COLLECTION).params(COLLECTION).build(),
        documents -> String.format(Locale.ROOT, "%,d bytes of documents", documents.length));
  }

  private static DistriRequest write(String service, String document) {
    return DistriRequest.to(service)
        .params(COLLECTION)
        .body(document.getBytes(StandardCharsets.UTF_8))
        .build();
  }

  private static String text(byte[] answer) {
    return new String(answer, StandardCharsets.UTF_8);
  }

  /** Makes calls one after the other, tells of each and counts them. */
  private static final class Tasks {
    private final DistriClient client;
    private final PrintWriter out;
    private int made;
    private int failed;
    private Duration total = Duration.ZERO;

    Tasks(DistriClient client, PrintWriter out) {
      this.client = client;
      this.out = out;
    }

    void make(DistriRequest request, Function<byte[], String> told) {
      long start = System.nanoTime();
      made++;
      try {
        DistriResponse response = client.send(request);
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        out.printf(
            "%s on %s in %s ms: %s%n",
            request.service(),
            response.nodeAddress(),
            time.toMillis(),
            told.apply(response.body()));
      } catch (DistriException e) {
        failed++;
        out.printf("%s failed: %s%n", request.service(), e.getMessage());
      }
      total = total.plusNanos(System.nanoTime() - start);
    }

    double meanSeconds() {
      return total.toNanos() / 1e9 / made;
    }
  }
}
