package io.distri.node;

import static io.distri.node.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.distri.node.security.InternalClient;
import io.distri.protocol.HostPort;
import io.distri.protocol.identity.Identity;
import io.distri.protocol.identity.KeyTrust;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The internal port lets no stranger in. */
class InternalPortTest {
  @TempDir Path directory;
  private TestNode node;
  private HostPort internal;

  @BeforeEach
  void start() {
    node = TestNode.alone("distri.node.cluster.secret-file=" + directory.resolve("secret"));
    internal = node.address().internal();
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void a_caller_without_a_certificate_gets_401() throws Exception {
    SSLContext tls = SSLContext.getInstance("TLSv1.3");
    tls.init(null, new TrustManager[] {new KeyTrust()}, new SecureRandom());
    try (HttpClient http = HttpClient.newBuilder().sslContext(tls).build()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("https://" + internal + "/internal/update-info"))
              .POST(HttpRequest.BodyPublishers.noBody())
              .build();
      var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.body()).contains("urn:distri:problem:unauthenticated");
      await().until(() -> Refused.internal(node, "no-certificate") == 1);
    }
  }

  @Test
  void an_unknown_key_gets_403_and_no_detail() throws Exception {
    InternalClient.Answer answer = post("/internal/update-info", new byte[] {1, 2, 3});
    assertThat(answer.status()).isEqualTo(403);
    assertThat(new String(answer.body(), StandardCharsets.UTF_8))
        .contains("This key is not whitelisted.");
    await().until(() -> Refused.internal(node, "unknown-key") == 1);
  }

  @Test
  void public_paths_do_not_exist_on_the_internal_port() throws Exception {
    for (String path :
        new String[] {"/services/Stats", "/nodes", "/probe", "/", "/actuator/health"}) {
      assertThat(post(path, new byte[0]).status()).isEqualTo(404);
    }
    await().until(() -> Refused.internal(node, "not-found") == 5);
  }

  @Test
  void garbage_at_the_door_is_refused_and_the_node_goes_on() throws Exception {
    assertThat(post("/internal/join", new byte[] {1, 2, 3}).status()).isEqualTo(400);
    await().until(() -> Refused.internal(node, "malformed") == 1);
    // No more of it is read than it takes to say so.
    try {
      assertThat(post("/internal/join", new byte[9 * 1024 * 1024]).status()).isEqualTo(413);
    } catch (IOException hungUp) {
      assertThat(hungUp).isNotInstanceOf(HttpTimeoutException.class);
    }
    await().until(() -> Refused.internal(node, "too-large") == 1);
    assertThat(node.call("Stats", "").statusCode()).isEqualTo(200);
  }

  @Test
  void a_node_with_another_secret_stays_outside() throws Exception {
    String first = node.address().toString();
    Path other = Files.createDirectory(directory.resolve("other")).resolve("secret");
    try (TestNode stranger =
        TestNode.alone(
            "distri.node.nodes=" + first,
            "distri.node.db.write-ack=local",
            "distri.node.cluster.secret-file=" + other)) {
      stranger.call("AddDocument?param=catalog", "{\"UUID\":\"foreign\"}");
      assertThat(stranger.read("catalog").size()).isEqualTo(1);
      node.awaitMembers(1);
      assertThat(node.read("catalog").size()).isZero();
    }
  }

  @Test
  void a_node_without_a_secret_serves_alone() throws Exception {
    try (TestNode alone = TestNode.alone()) {
      internal = alone.address().internal();
      assertThat(post("/internal/join", new byte[0]).status()).isEqualTo(403);
      assertThat(alone.call("AddDocument?param=catalog", "{}").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void the_secret_is_good_from_its_addresses_only() throws Exception {
    try (TestNode far =
        TestNode.alone(
            "distri.node.cluster.secret-file=" + directory.resolve("secret"),
            "distri.node.cluster.secret-addresses=10.0.0.0/8")) {
      internal = far.address().internal();
      assertThat(post("/internal/join", new byte[0]).status()).isEqualTo(403);
    }
  }

  private InternalClient.Answer post(String path, byte[] body) throws Exception {
    try (InternalClient client = TestNode.internalClient(Identity.generate())) {
      return client.post(internal, path, body, Duration.ofMinutes(5));
    }
  }
}
