package io.distri.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distri.protocol.HostPort;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A page that others reach. */
class LoginTest {
  private static final String TOKEN = "correct-horse-battery";

  private final HostPort everywhere = new HostPort("0.0.0.0", TestCloud.freeAddress().port());
  private final HttpClient browser = HttpClient.newHttpClient();

  @Test
  void a_page_that_others_reach_is_not_there_without_a_token(@TempDir Path directory) {
    assertThatThrownBy(() -> peer(directory))
        .rootCause()
        .hasMessageContaining("set distri.peer.web.token");
    assertThatThrownBy(() -> peer(directory, "--distri.peer.web.token=short"))
        .rootCause()
        .hasMessageContaining("at least 16 characters");
  }

  @Test
  void beyond_loopback_only_who_shows_the_token_sees_the_page(@TempDir Path directory)
      throws Exception {
    try (TestPeer alice =
        peer(
            directory,
            "--distri.peer.web.token=" + TOKEN,
            "--distri.peer.web.hosts=alice.example")) {
      assertThat(statusByName("evil.example")).isEqualTo(421);
      assertThat(statusByName("alice.example")).isEqualTo(200);
      for (String path : new String[] {"/", "/events", "/thumbnail?owner=x&name=y", "/viewing/x"}) {
        assertThat(get(path, "").headers().firstValue("Location").orElse(""))
            .as(path)
            .endsWith("/login");
      }
      assertThat(get("/", "distri-peer=guessed").statusCode()).isEqualTo(302);
      assertThat(get("/api/state", "").statusCode()).isEqualTo(401);
      String form = get("/login", "").body();
      assertThat(form).doesNotContain(alice.id().text());

      HttpResponse<String> wrong = login(form, "wrong-horse-battery");
      assertThat(wrong.headers().firstValue("Location").orElse("")).endsWith("/login?wrong");
      assertThat(wrong.headers().firstValue("Set-Cookie")).isEmpty();

      HttpResponse<String> right = login(form, TOKEN);
      String cookie = right.headers().firstValue("Set-Cookie").orElseThrow();
      assertThat(cookie).contains("HttpOnly", "SameSite=Strict").doesNotContain(TOKEN);
      String pair = cookie.substring(0, cookie.indexOf(';'));
      assertThat(get("/", pair).body()).contains(alice.id().text());
    }
  }

  @Test
  void guesses_of_the_token_are_slowed(@TempDir Path directory) throws Exception {
    try (TestPeer alice = peer(directory, "--distri.peer.web.token=" + TOKEN)) {
      String form = get("/login", "").body();
      HttpResponse<String> guess;
      int guesses = 0;
      while ((guess = login(form, "guess-number-" + guesses)).statusCode() == 302) {
        assertThat(++guesses).isLessThan(1000);
      }
      assertThat(guess.statusCode()).isEqualTo(429);
      assertThat(guess.headers().firstValue("Retry-After")).isPresent();
      assertThat(guess.body()).contains("Too many wrong tokens").doesNotContain(alice.id().text());
      assertThat(login(form, TOKEN).statusCode())
          .as("the right one is not told from the others")
          .isEqualTo(429);
      HttpRequest terminal = to("/api/state", "").header("Authorization", "Bearer x").build();
      assertThat(browser.send(terminal, BodyHandlers.ofString()).statusCode()).isEqualTo(429);
      try (HttpClient elsewhere =
          HttpClient.newBuilder().localAddress(InetAddress.getByName("127.0.0.2")).build()) {
        assertThat(elsewhere.send(form(form, TOKEN), BodyHandlers.ofString()).headers().map())
            .containsKey("set-cookie");
      }
    }
  }

  /** As if the name led to the page. */
  private int statusByName(String name) throws Exception {
    ProxySelector page = ProxySelector.of(new InetSocketAddress("127.0.0.1", everywhere.port()));
    try (HttpClient http = HttpClient.newBuilder().proxy(page).build()) {
      HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + name + "/login")).build();
      return http.send(request, BodyHandlers.discarding()).statusCode();
    }
  }

  private TestPeer peer(Path directory, String... properties) {
    String[] all = new String[properties.length + 1];
    System.arraycopy(properties, 0, all, 0, properties.length);
    all[properties.length] = "--distri.peer.web.address=" + everywhere;
    return new TestPeer("alice", directory, TestCloud.shared().nodes(), all);
  }

  private HttpResponse<String> login(String form, String token) throws Exception {
    return browser.send(form(form, token), BodyHandlers.ofString());
  }

  private HttpRequest form(String form, String token) {
    String csrf = form.replaceAll("(?s).*name=\"_csrf\" value=\"([^\"]+)\".*", "$1");
    return to("/login", "")
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(BodyPublishers.ofString("_csrf=" + csrf + "&secret=" + token))
        .build();
  }

  private HttpResponse<String> get(String path, String cookie) throws Exception {
    return browser.send(to(path, cookie).build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder to(String path, String cookie) {
    URI uri = URI.create("http://127.0.0.1:" + everywhere.port() + path);
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    return cookie.isEmpty() ? request : request.header("Cookie", cookie);
  }
}
