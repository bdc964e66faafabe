package io.distri.node.join;

import static io.distri.node.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.distri.node.Refused;
import io.distri.node.TestNode;
import io.distri.node.join.JoinMessages.Answer;
import io.distri.node.join.JoinMessages.Request;
import io.distri.node.join.JoinMessages.Welcome;
import io.distri.node.membership.Member;
import io.distri.node.membership.SelfMember;
import io.distri.node.security.InternalClient;
import io.distri.node.security.InternalPortFilter;
import io.distri.node.security.InternalWire;
import io.distri.node.security.Role;
import io.distri.node.security.TrustEntry;
import io.distri.node.security.Whitelist;
import io.distri.protocol.HostPort;
import io.distri.protocol.NodeState;
import io.distri.protocol.identity.Identity;
import io.distri.protocol.identity.KeyTrust;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Newcomers that are none, and a member that is none. */
class JoinAttackTest {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @TempDir static Path directory;
  private static TestNode node;

  private final InternalWire wire = new InternalWire();
  private final Identity stranger = Identity.generate();

  @BeforeAll
  static void start() {
    node = TestNode.alone("distri.node.cluster.secret-file=" + directory.resolve("secret"));
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @AfterEach
  void the_node_is_as_it_was() {
    node.awaitMembers(1);
    assertThat(node.context().getBean(Whitelist.class).all()).isEmpty();
  }

  @Test
  void a_proof_that_does_not_hold_lets_nobody_in() throws Exception {
    byte[] memberNonce = knock(null, null).memberNonce();
    assertRefused(403, "bad-proof", post(request(memberNonce, new byte[32], null, false)));
    // And the nonce is used up by it.
    assertRefused(403, "bad-proof", post(request(memberNonce, new byte[32], null, false)));
    await().until(() -> Refused.internal(node, "bad-proof") == 2);
  }

  @Test
  void a_token_that_was_never_made_lets_nobody_in() throws Exception {
    byte[] memberNonce = knock(null, null).memberNonce();
    Request request = request(memberNonce, new byte[32], null, false);
    Request forged =
        new Request(
            request.protocol(),
            request.nonce(),
            request.memberNonce(),
            request.proof(),
            request.newcomer(),
            null,
            false,
            me().id(),
            "0123456789abcdef");
    assertRefused(403, "bad-token", post(forged));
  }

  @Test
  void a_node_of_another_cluster_is_told_so() throws Exception {
    assertRefused(409, "foreign-cluster", post(request(null, null, "another", true)));
  }

  @Test
  void nobody_joins_in_the_name_of_another_key() throws Exception {
    Request request = request(null, null, null, false);
    Member other = member(Identity.generate().id(), TestNode.freeAddress());
    Request forged =
        new Request(
            request.protocol(), request.nonce(), null, null, other, null, false, null, null);
    assertRefused(400, "malformed", post(forged));
  }

  @Test
  void what_a_stranger_sends_is_bounded() throws Exception {
    byte[] large = new byte[64 * 1024 + 1];
    try (InternalClient client = client()) {
      InternalClient.Answer answer =
          client.post(node.address().internal(), InternalPortFilter.JOIN, large, PATIENCE);
      assertRefused(413, "too-large", answer);
    }
  }

  @Test
  void an_impostor_member_learns_nothing_and_is_not_believed() throws Exception {
    Identity impostor = Identity.generate();
    HostPort address = TestNode.freeAddress();
    HttpsServer server = impostor(impostor, address);
    try (TestNode newcomer =
        TestNode.alone(
            "distri.node.nodes=" + address,
            "distri.node.db.write-ack=local",
            "distri.node.cluster.secret-file=" + directory.resolve("secret"))) {
      await()
          .until(() ->
              newcomer
                      .context()
                      .getBean(MeterRegistry.class)
                      .get("distri.join.distrusted")
                      .counter()
                      .count()
                  > 0);
      newcomer.awaitMembers(1);
      Whitelist whitelist = newcomer.context().getBean(Whitelist.class);
      assertThat(whitelist.all()).isEmpty();
      assertThat(whitelist.decisions()).isEmpty();
    } finally {
      server.stop(0);
    }
  }

  /** Answers every join with a welcome, with a proof that it can't make. */
  private HttpsServer impostor(Identity identity, HostPort address) throws Exception {
    SSLContext tls = SSLContext.getInstance("TLSv1.3");
    tls.init(identity.keyManagers(), new TrustManager[] {new KeyTrust()}, new SecureRandom());
    HostPort internal = address.internal();
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(internal.host(), internal.port()), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(tls) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters mutual = tls.getDefaultSSLParameters();
            mutual.setNeedClientAuth(true);
            parameters.setSSLParameters(mutual);
          }
        });
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", exchange -> welcome(exchange, member(identity.id(), address)));
    server.start();
    return server;
  }

  private void welcome(HttpExchange exchange, Member impostor) throws IOException {
    exchange.getRequestBody().readAllBytes();
    TrustEntry accomplice =
        new TrustEntry(Identity.generate().id(), Role.OPERATOR, false, Long.MAX_VALUE);
    byte[] answer =
        wire.write(
            new Answer(
                new byte[JoinMessages.NONCE_BYTES],
                new byte[32],
                null,
                new Welcome("evil", impostor, List.of(), List.of(accomplice))));
    exchange.sendResponseHeaders(200, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  private void assertRefused(int status, String reason, InternalClient.Answer answer) {
    assertThat(answer.status())
        .as(new String(answer.body(), StandardCharsets.UTF_8))
        .isEqualTo(status);
    await().until(() -> Refused.internal(node, reason) > 0);
  }

  private Answer knock(@Nullable String cluster, byte @Nullable [] memberNonce) throws Exception {
    InternalClient.Answer answer = post(request(memberNonce, null, cluster, false));
    assertThat(answer.status()).isEqualTo(200);
    Answer read = wire.read(answer.body(), Answer.class);
    assertThat(read.welcome()).isNull();
    return read;
  }

  private Request request(
      byte @Nullable [] memberNonce,
      byte @Nullable [] proof,
      @Nullable String cluster,
      boolean firm) {
    return new Request(
        JoinMessages.PROTOCOL,
        new byte[JoinMessages.NONCE_BYTES],
        memberNonce,
        proof,
        member(stranger.id(), TestNode.freeAddress()),
        cluster,
        firm,
        null,
        null);
  }

  private Member me() {
    return node.context().getBean(SelfMember.class).now();
  }

  private static Member member(String id, HostPort address) {
    return new Member(
        id, address, address, address.internal(), NodeState.UP, 1, 1, List.of(), 0, "");
  }

  private InternalClient.Answer post(Request request) throws Exception {
    try (InternalClient client = client()) {
      return client.post(
          node.address().internal(), InternalPortFilter.JOIN, wire.write(request), PATIENCE);
    }
  }

  private InternalClient client() {
    return TestNode.internalClient(stranger);
  }
}
