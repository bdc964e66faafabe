package io.distri.node;

import static io.distri.node.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.distri.node.service.CloudService;
import io.distri.node.service.ServiceRequest;
import io.distri.node.service.ServiceResponse;
import io.distri.protocol.HostPort;
import io.distri.protocol.identity.Identity;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What strangers can have a node log. */
@Isolated("the log is that of all nodes in this process")
class LogGrowthTest {
  private static final int TIMES = 2;
  private static final int LARGE = 2 << 20;

  @TempDir Path directory;
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  private TestNode node;

  @Configuration(proxyBeanMethods = false)
  static class Services {
    @Bean
    CloudService large() {
      return CloudService.of("Large", bytes -> new byte[LARGE]);
    }

    @Bean
    CloudService broken() {
      return CloudService.of(
          "Broken",
          bytes -> {
            throw new IllegalStateException("as this test wants it");
          });
    }

    @Bean
    CloudService breaksOff() {
      return new CloudService() {
        @Override
        public String name() {
          return "BreaksOff";
        }

        @Override
        public ServiceResponse serve(ServiceRequest request) {
          return ServiceResponse.streamed(
              ServiceResponse.OCTETS,
              out -> {
                out.write(new byte[LARGE]);
                throw new IllegalStateException("as this test wants it, too");
              });
        }
      };
    }
  }

  @BeforeEach
  void start() {
    node =
        TestNode.with(
            Services.class, "distri.node.cluster.secret-file=" + directory.resolve("secret"));
    log.start();
    root.addAppender(log);
  }

  @AfterEach
  void stop() {
    root.detachAppender(log);
    node.close();
  }

  @Test
  void requests_that_break_off_or_make_no_sense_are_not_logged() throws Exception {
    String host = " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
    for (int i = 0; i < TIMES; i++) {
      for (String service : List.of("Encrypt", "AddDocument?param=catalog", "Large")) {
        String call = "POST /services/" + service + host;
        breakOff(call + "Content-Length: 100\r\n\r\nabc");
        breakOff(call + "Transfer-Encoding: chunked\r\n\r\n5\r\nabc");
        ask(call + "Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n");
        ask(call + "Content-Length: abc\r\n\r\n");
        ask(call + "Content-Type: ;;;\r\nAccept: ;;;\r\nCookie: \"\r\nContent-Length: 1\r\n\r\nx");
      }
      for (String get : List.of("/nodes", "/dashboard", "/collections/catalog/changes", "/")) {
        breakOff("GET " + get + host + "\r\n");
      }
      breakOff("POST /services/Large" + host + "Content-Length: 0\r\n\r\n");
      for (String line :
          List.of(
              "GET /%zz" + host,
              "GET /%00" + host,
              "GET /..%2f..%5c|" + host,
              "GET //evil" + host,
              "GET /actuator/health;x=" + "y".repeat(100) + host,
              "NONSENSE" + i + " /nodes" + host,
              "TRACE /nodes" + host,
              "CONNECT a:1" + host,
              "OPTIONS *" + host,
              "GET /nodes HTTP/9.9\r\n",
              "GET /nodes HTTP/1.1\r\n",
              "GET /nodes HTTP/1.1\r\nHost: a\r\nHost: b\r\n",
              "GET /nodes HTTP/1.1\r\nHost: [\r\n",
              "GET /nodes" + host + "X: " + "y".repeat(60_000) + "\r\n",
              "GET /nodes" + host + "X y: \u0001\r\n",
              "GET /nodes" + host + "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n",
              "\u0016\u0003\u0001\u0002\u0000 a TLS hello",
              "PRI * HTTP/2.0\r\n")) {
        ask(line + "\r\n");
      }
    }
    assertThat(lines()).isEmpty();
  }

  @Test
  void strangers_at_the_internal_port_have_a_line_a_minute_each_for_each_reason() throws Exception {
    HostPort internal = node.address().internal();
    SSLContext nobody = tls(null);
    SSLContext stranger = tls(Identity.generate().keyManagers());
    String host = " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
    for (int i = 0; i < TIMES; i++) {
      ask(new Socket(internal.host(), internal.port()), "GET /nodes" + host + "\r\n");
      breakOff(new Socket(internal.host(), internal.port()), "\u0016\u0003\u0001\u0002\u0000abc");
      for (SSLContext tls : List.of(nobody, stranger)) {
        for (String request :
            List.of(
                "GET /nodes" + host + "\r\n",
                "GET /internal/%zz" + host + "\r\n",
                "POST /internal/update-info" + host + "Content-Length: 0\r\n\r\n",
                "POST /internal/join" + host + "Content-Length: 3\r\n\r\nabc",
                "POST /internal/join" + host + "Content-Length: 999999999\r\n\r\nabc",
                "GET /nodes" + host + "X: " + "y".repeat(60_000) + "\r\n\r\n")) {
          ask(tls.getSocketFactory().createSocket(internal.host(), internal.port()), request);
        }
        breakOff(
            tls.getSocketFactory().createSocket(internal.host(), internal.port()),
            "POST /internal/join" + host + "Content-Length: 100\r\n\r\nabc");
      }
    }
    assertThat(lines()).allMatch(line -> line.startsWith("refused 127.0.0.1"));
    assertThat(lines()).doesNotHaveDuplicates().hasSizeBetween(3, 10);
  }

  @Test
  void a_fault_of_the_nodes_own_is_told_once_a_minute_with_its_place() throws Exception {
    for (int i = 0; i < TIMES; i++) {
      assertThat(node.call("Broken?param=" + i, "x").statusCode()).isEqualTo(500);
      ask(
          "POST /services/BreaksOff HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
    }
    assertThat(lines())
        .containsExactlyInAnyOrder(
            "POST /services/Broken failed", "POST /services/BreaksOff failed");
    assertThat(log.list).allMatch(event -> event.getThrowableProxy() != null);
  }

  private static SSLContext tls(KeyManager @Nullable [] own) throws Exception {
    X509TrustManager everybody =
        new X509TrustManager() {
          @Override
          public void checkClientTrusted(X509Certificate[] chain, String type) {}

          @Override
          public void checkServerTrusted(X509Certificate[] chain, String type) {}

          @Override
          public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
          }
        };
    SSLContext tls = SSLContext.getInstance("TLSv1.3");
    tls.init(own, new TrustManager[] {everybody}, new SecureRandom());
    return tls;
  }

  /** What was logged, once all calls have ended. */
  private List<String> lines() throws Exception {
    await().until(() -> TestNode.text(node.call("Stats", "")).contains("In Flight: 0"));
    return List.copyOf(log.list).stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  private void ask(String request) throws IOException {
    ask(new Socket("127.0.0.1", node.address().port()), request);
  }

  /** Reads the answer until it ends; a connection that stays open is ended from here. */
  private static void ask(Socket socket, String request) throws IOException {
    try (socket) {
      socket.setSoTimeout(2000);
      write(socket, request);
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException ended) {
      // As it may.
    }
  }

  private void breakOff(String request) throws IOException {
    breakOff(new Socket("127.0.0.1", node.address().port()), request);
  }

  /** Ends the connection with a reset as soon as the node has begun. */
  private static void breakOff(Socket socket, String request) throws IOException {
    try (socket) {
      socket.setSoTimeout(50);
      socket.setSoLinger(true, 0);
      write(socket, request);
      socket.getInputStream().read();
    } catch (IOException ended) {
      // As it may.
    }
  }

  private static void write(Socket socket, String request) throws IOException {
    socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }
}
