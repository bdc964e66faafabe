package io.distri.node;

import static io.distri.node.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.distri.protocol.HostPort;
import io.distri.protocol.identity.Identity;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Strangers that hold connections to the internal port as long as they can. */
class StrangersTest {
  /** More than the port takes at all. */
  private static final int CROWD = 600;

  /** What a kernel may drop of such a crowd without its telling either side. */
  private static final int OVERFLOW = 100;

  /** A TLS handshake that promises 512 bytes and brings none of them. */
  private static final byte[] HALF_A_HELLO = {22, 3, 1, 2, 0};

  @TempDir Path directory;
  private final List<Socket> strangers = new ArrayList<>();
  private List<TestNode> nodes;
  private HostPort internal;

  @BeforeEach
  void start() {
    nodes = new ArrayList<>(TestNode.cluster(2, directory));
    internal = nodes.get(0).address().internal();
  }

  @AfterEach
  void stop() throws IOException {
    for (Socket stranger : strangers) {
      stranger.close();
    }
    nodes.forEach(TestNode::close);
  }

  @Test
  void half_open_connections_without_number_keep_no_member_out() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Socket>> coming = new ArrayList<>();
      for (int i = 0; i < CROWD; i++) {
        byte[] said = i % 2 == 0 ? HALF_A_HELLO : new byte[0];
        coming.add(threads.submit(() -> stranger(said)));
      }
      // Either node needs the other to acknowledge a write.
      for (int i = 0; i < 20; i++) {
        assertThat(nodes.get(i % 2).call("AddDocument?param=catalog", "{}").statusCode())
            .isEqualTo(200);
      }
      for (Future<Socket> socket : coming) {
        strangers.add(socket.get());
      }
    }
    nodes.add(newcomer());
    nodes.forEach(node -> node.awaitMembers(3));
    await()
        .until(() ->
            Refused.internal(nodes.get(0), "crowd") > 0
                && Refused.internal(nodes.get(0), "slow") > 0
                && strangers.stream().filter(StrangersTest::isEnded).count() > CROWD - OVERFLOW);
    assertThat(Refused.internal(nodes.get(1), "slow")).as("members are let be").isZero();
  }

  @Test
  void who_sends_a_byte_at_a_time_is_not_heard_to_the_end() throws Exception {
    SSLSocket head = handshake(null, "POST /internal/join HTTP/1.1\r\nHost: x\r\nX-Slow: ");
    SSLSocket body =
        handshake(
            Identity.generate().keyManagers(),
            "POST /internal/join HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\n\r\n");
    await()
        .pollInterval(Duration.ofMillis(500))
        .until(() -> {
          drip(head);
          drip(body);
          return isEnded(head) && isEnded(body);
        });
    assertThat(Refused.internal(nodes.get(0), "slow")).isEqualTo(2);
    nodes.forEach(node -> node.awaitMembers(2));
  }

  private Socket stranger(byte[] said) throws IOException {
    Socket socket = new Socket(internal.host(), internal.port());
    try {
      socket.setSoTimeout(1);
      socket.getOutputStream().write(said);
    } catch (SocketException endedAlready) {
      // What the test is about.
    }
    return socket;
  }

  private SSLSocket handshake(KeyManager @Nullable [] keys, String said) throws Exception {
    SSLContext tls = SSLContext.getInstance("TLSv1.3");
    KeyStore known = KeyStore.getInstance("PKCS12");
    known.load(null, null);
    known.setCertificateEntry("node", nodes.get(0).context().getBean(Identity.class).certificate());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(known);
    tls.init(keys, trust.getTrustManagers(), new SecureRandom());
    SSLSocket socket =
        (SSLSocket) tls.getSocketFactory().createSocket(internal.host(), internal.port());
    strangers.add(socket);
    socket.setSoTimeout(5000);
    socket.startHandshake();
    socket.setSoTimeout(1);
    socket.getOutputStream().write(said.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static void drip(Socket socket) {
    try {
      socket.getOutputStream().write('a');
      socket.getOutputStream().flush();
    } catch (IOException ended) {
      // Seen by reading, too.
    }
  }

  /** Whether the other side closed it, with or without an answer. */
  private static boolean isEnded(Socket socket) {
    try {
      InputStream in = socket.getInputStream();
      while (in.read() >= 0) {
        // An answer, on the way to the end.
      }
      return true;
    } catch (SocketTimeoutException open) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }

  private TestNode newcomer() {
    HostPort address = TestNode.freeAddress();
    return TestNode.at(
        address,
        "distri.node.nodes=" + nodes.get(0).address(),
        "distri.node.cluster.secret-file=" + directory.resolve("secret"),
        "distri.node.identity.dir=" + directory.resolve("newcomer"));
  }
}
