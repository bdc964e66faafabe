package io.distri.node;

import static io.distri.node.TestNode.await;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.distri.node.db.Document;
import io.distri.node.db.DocumentStore;
import io.distri.protocol.Headers;
import io.distri.protocol.image.AgeIdentity;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Callers who take what they don't need keep nobody else from it. {@code -Dattack.seconds=60} has
 * each attack last longer, and the times of honest callers judged.
 */
@Tag("volume")
@Isolated("it judges how long others have to wait")
class HostileCallersTest {
  private static final int SECONDS = Integer.getInteger("attack.seconds", 0);
  private static final Duration EVERY = Duration.ofMillis(500);
  private static final String SCAN =
      IntStream.range(0, 60)
          .mapToObj(i -> "{\"a\":{\"$eq\":[" + i + "]}}")
          .collect(Collectors.joining(",", "{\"$or\":[", "]}"));

  private static TestNode node;
  private static String encrypt;
  private static byte[] image;

  private final List<Socket> attackers = new ArrayList<>();
  private final AtomicBoolean over = new AtomicBoolean();

  @BeforeAll
  static void startNode() throws Exception {
    node = TestNode.alone("server.tomcat.connection-timeout=5m");
    encrypt = "Encrypt?param=" + AgeIdentity.generate().recipient();
    try (InputStream photo =
        HostileCallersTest.class.getResourceAsStream("/io/distri/protocol/image/cover.jpg")) {
      image = photo.readAllBytes();
    }
    DocumentStore documents = node.context().getBean(DocumentStore.class);
    for (String collection : List.of("large", "costly")) {
      documents.createCollection(collection, null);
    }
    String numbers = IntStream.range(0, 40_000).mapToObj(i -> "1").collect(Collectors.joining(","));
    for (int i = 0; i < 40; i++) {
      add(documents, "large", i, "\"" + "y".repeat(200_000) + "\"");
      add(documents, "costly", i, "[" + numbers + "]");
    }
  }

  private static void add(DocumentStore documents, String collection, int uuid, String value) {
    String json = "{\"UUID\":\"" + uuid + "\",\"a\":" + value + "}";
    documents.add(collection, Document.parse(json.getBytes(UTF_8)), null);
  }

  @AfterAll
  static void stopNode() {
    node.close();
  }

  @AfterEach
  void endAttack() throws IOException {
    over.set(true);
    for (Socket attacker : attackers) {
      attacker.close();
    }
    await().until(() -> scans() == 0);
  }

  @Test
  void callers_who_send_slowly_keep_nobody_from_sealing() throws Exception {
    sendSlowly(8, encrypt);
    goOn(() -> call(encrypt, image));
  }

  @Test
  void callers_who_send_slowly_keep_nobody_from_the_DB() throws Exception {
    sendSlowly(300, "AddDocument?param=catalog");
    await().until(() -> TestNode.text(node.call("Stats", "")).matches("(?s).*In Flight: \\d{3}.*"));
    int acknowledged = goOn(() -> call("AddDocument?param=catalog", "{}".getBytes(UTF_8)));
    assertThat(node.read("catalog").size()).isEqualTo(acknowledged);
  }

  @Test
  void callers_who_do_not_read_keep_nobody_from_the_DB() throws Exception {
    for (int i = 0; i < 300; i++) {
      attack("POST /services/ReadCollection?param=large", "", "");
    }
    goOn(() -> call("ReadCollection?param=users", new byte[0]));
  }

  @Test
  void callers_who_do_not_read_keep_nobody_from_sealing() throws Exception {
    byte[] large = new byte[8 << 20];
    System.arraycopy(image, 0, large, 0, image.length);
    for (int i = 0; i < 4; i++) {
      Socket attacker = attack("POST /services/" + encrypt, "Content-Length: " + large.length, "");
      attacker.getOutputStream().write(large);
    }
    goOn(() -> call(encrypt, image));
  }

  @Test
  void scans_keep_nobody_from_anything_and_end_with_their_callers() throws Exception {
    for (int i = 0; i < 20; i++) {
      attack(
          "POST /services/ReadCollection?param=costly", "Content-Length: " + SCAN.length(), SCAN);
    }
    await().until(() -> scans() == 20);
    goOn(() -> call("ReadCollection?param=users", "{\"a\":1}".getBytes(UTF_8)));
    endAttack();
  }

  @Test
  void a_scan_ends_with_its_deadline() throws Exception {
    HttpResponse<byte[]> late =
        node.call("ReadCollection?param=costly&limit=1", SCAN, Headers.DEADLINE_MS, "100");
    assertThat(late.statusCode()).as(TestNode.text(late)).isEqualTo(504);
    HttpResponse<byte[]> deleting =
        node.call("DeleteDocument?param=costly", SCAN, Headers.DEADLINE_MS, "100");
    assertThat(deleting.statusCode()).as(TestNode.text(deleting)).isEqualTo(504);
  }

  @Test
  void one_caller_has_half_the_line_of_scans() throws Exception {
    for (int i = 0; i < 32; i++) {
      attack(
          "POST /services/ReadCollection?param=costly", "Content-Length: " + SCAN.length(), SCAN);
    }
    await().until(() -> scans() == 32);
    HttpResponse<byte[]> more = node.call("ReadCollection?param=costly", SCAN);
    assertThat(more.statusCode()).isEqualTo(429);
    assertThat(more.headers().firstValue("Retry-After")).isPresent();
  }

  @Test
  void a_full_DB_refuses_what_makes_it_larger_and_takes_deletions() throws Exception {
    byte[] document = ("{\"text\":\"" + "x".repeat(25_000) + "\"}").getBytes(UTF_8);
    try (TestNode small = TestNode.alone("distri.node.db.max-bytes=64KB")) {
      HttpResponse<byte[]> answer = small.call("AddDocument?param=catalog", document);
      while (answer.statusCode() == 200) {
        answer = small.call("AddDocument?param=catalog", document);
      }
      assertThat(answer.statusCode()).isEqualTo(507);
      assertThat(answer.headers().firstValue(Headers.EXECUTED)).contains(Headers.EXECUTED_NO);
      assertThat(TestNode.text(answer)).contains("urn:distri:problem:db-full");
      assertThat(small.read("catalog").size()).isEqualTo(2);
      assertThat(TestNode.text(small.call("DeleteDocument?param=catalog&all=true", "{}")))
          .isEqualTo("{\"deleted\":2}");
      assertThat(small.call("AddDocument?param=catalog", document).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void a_body_that_does_not_come_is_408() throws Exception {
    try (TestNode impatient = TestNode.alone("server.tomcat.connection-timeout=200ms");
        Socket silent = new Socket("127.0.0.1", impatient.address().port())) {
      silent
          .getOutputStream()
          .write(head("POST /services/" + encrypt, "Content-Length: 60000").getBytes(US_ASCII));
      String answer = new String(silent.getInputStream().readAllBytes(), UTF_8);
      assertThat(answer)
          .startsWith("HTTP/1.1 408")
          .contains("Distri-Executed: no", "urn:distri:problem:body-too-slow");
    }
  }

  @Test
  void a_deadline_that_passed_is_504_before_the_body_is_read() throws Exception {
    Socket caller =
        attack("POST /services/" + encrypt, "Content-Length: 60000\r\nDistri-Deadline-Ms: 0", "");
    assertThat(new String(caller.getInputStream().readNBytes(12), US_ASCII)).endsWith("504");
  }

  private static int scans() {
    MeterRegistry meters = node.context().getBean(MeterRegistry.class);
    return (int) meters.get("distri.db.scans").gauge().value();
  }

  /** So many callers who announce a body and send a byte of it now and then. */
  private void sendSlowly(int callers, String service) throws IOException {
    for (int i = 0; i < callers; i++) {
      attack("POST /services/" + service, "Content-Length: 60000", "{");
    }
    Thread.ofVirtual()
        .start(() -> {
          try {
            while (!over.get()) {
              for (Socket attacker : attackers) {
                attacker.getOutputStream().write(' ');
              }
              Thread.sleep(EVERY);
            }
          } catch (IOException | InterruptedException end) {
            // The node, or the test, has had enough.
          }
        });
  }

  private Socket attack(String line, String header, String body) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4096);
    socket.connect(new InetSocketAddress("127.0.0.1", node.address().port()));
    attackers.add(socket);
    String length = header.isEmpty() ? "Content-Length: 0" : header;
    socket.getOutputStream().write((head(line, length) + body).getBytes(US_ASCII));
    return socket;
  }

  private static String head(String line, String header) {
    return line + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + header + "\r\n\r\n";
  }

  /** What an honest caller does. */
  private interface Honest {
    HttpResponse<byte[]> call() throws Exception;
  }

  private static HttpResponse<byte[]> call(String service, byte[] body) throws Exception {
    return node.call(service, body, Headers.DEADLINE_MS, "100000");
  }

  /** Calls go on, and the node is alive, for as long as the attack lasts. How many there were. */
  private static int goOn(Honest caller) throws Exception {
    List<Long> calls = new ArrayList<>();
    List<Long> looks = new ArrayList<>();
    long begun = System.nanoTime();
    do {
      long before = System.nanoTime();
      HttpResponse<byte[]> answer = caller.call();
      assertThat(answer.statusCode()).as(TestNode.text(answer)).isEqualTo(200);
      calls.add(System.nanoTime() - before);
      before = System.nanoTime();
      assertThat(node.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
      looks.add(System.nanoTime() - before);
    } while (calls.size() < 5 || System.nanoTime() - begun < Duration.ofSeconds(SECONDS).toNanos());
    if (SECONDS > 0) {
      Collections.sort(calls);
      assertThat(Duration.ofNanos(calls.get(calls.size() * 99 / 100)))
          .isLessThan(Duration.ofSeconds(2));
      assertThat(Duration.ofNanos(Collections.max(looks))).isLessThan(Duration.ofSeconds(1));
    }
    return calls.size();
  }
}
