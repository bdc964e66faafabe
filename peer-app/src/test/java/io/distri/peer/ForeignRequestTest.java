package io.distri.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that do not come from the page's own forms, byte by byte as a browser sends them. */
class ForeignRequestTest {
  private static final Pattern FORM_TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

  @TempDir static Path directory;
  private static TestPeer alice;
  private static String host;

  @BeforeAll
  static void start() throws IOException {
    TestCloud cloud = TestCloud.shared();
    alice = new TestPeer("alice", directory, cloud.nodes());
    host = URI.create(alice.url()).getAuthority();
    alice.add("cat.jpg", Pictures.landscape(1));
  }

  @AfterAll
  static void stop() {
    alice.close();
  }

  @Test
  void forms_of_other_sites_change_nothing() throws IOException {
    String body = "resource=cat.jpg&_csrf=" + formToken();
    for (String headers :
        List.of(
            "Origin: http://evil.example",
            "Origin: null",
            "Origin: http://127.0.0.1:1",
            "Sec-Fetch-Site: cross-site",
            "Sec-Fetch-Site: same-site")) {
      assertThat(ask("POST /delete", host, headers, body)).as(headers).startsWith("HTTP/1.1 403");
    }
    assertThat(ask("POST /delete", host, "Sec-Fetch-Site: same-origin", "resource=cat.jpg"))
        .as("without the token")
        .startsWith("HTTP/1.1 403");
    assertThat(ask("POST /delete", host, "", "resource=cat.jpg&_csrf=x"))
        .startsWith("HTTP/1.1 403");
    assertThat(alice.peer().ownImages()).hasSize(1);
  }

  @Test
  void whatever_is_asked_is_answered_and_no_fault_of_the_peers() throws IOException {
    String token = "_csrf=" + formToken();
    String part =
        "--x\r\nContent-Disposition: form-data; name=\"image\"; filename=\"%s\"\r\n\r\nx\r\n--x--\r\n";
    String multipart = "Content-Type: multipart/form-data; boundary=x";
    for (String name : List.of("a\0.jpg", "\0", "", "..", "/", "\\", "%00", "\u00ff.jpg")) {
      assertNoFault("POST /upload?" + token, multipart, part.replace("%s", name));
    }
    for (String body : List.of("", "--x", "--y\r\n\r\n--y--", "--x\r\n\r\n\r\n--x--\r\n", "\0")) {
      assertNoFault("POST /upload?" + token, multipart, body);
    }
    assertNoFault("POST /upload?" + token, "Content-Type: multipart/form-data", "x");
    assertNoFault("POST /upload?" + token, "Content-Type: text/plain", "x");
    for (String path :
        List.of(
            "request", "grant", "deny", "change", "view", "delete", "upload", "none", "login")) {
      for (String more :
          List.of(
              "",
              "&views=x",
              "&views=99999999999",
              "&views=-1&user=%00&provider=a&resource=%00",
              "&views=1&user=a~b&provider=%F0%9F&resource=..",
              "&%zz",
              "&a=%")) {
        assertNoFault("POST /" + path, "", token + more);
      }
    }
    for (String path :
        List.of(
            "?page=x",
            "?page=-9",
            "?page=2147483648",
            "?note=%00",
            "thumbnail",
            "thumbnail?owner=x&name=%00",
            "thumbnail?owner=%zz&name=",
            "viewing/%00",
            "viewing/x/image",
            "%zz",
            "%",
            "%00",
            "events/x",
            "api/state?x=%zz",
            "a?%zz=1",
            "\u00ff",
            "login?wrong=%zz",
            "peer.css/%2e%2e",
            "..;/",
            "a\\b",
            "{}",
            "?a=[")) {
      assertNoFault("GET /" + path, "", "");
    }
    assertNoFault("GET /", "Cookie: \0=\1", "");
    assertNoFault("BREW /", "", "");
  }

  private static void assertNoFault(String what, String headers, String body) throws IOException {
    assertThat(ask(what, host, headers, body))
        .as(what.substring(0, Math.min(60, what.length())) + " " + body)
        .matches("(?s)HTTP/1.1 [234].*")
        .doesNotContain("Exception", "\tat ", "at org.");
  }

  @Test
  void a_foreign_name_that_leads_here_is_not_answered() throws IOException {
    String port = host.substring(host.indexOf(':'));
    assertThat(ask("GET /", "evil.example" + port, "", "")).startsWith("HTTP/1.1 421");
    assertThat(ask("GET /", "localhost" + port, "", "")).startsWith("HTTP/1.1 200");
  }

  @Test
  void asking_for_the_headers_of_the_news_holds_no_place() throws IOException {
    for (int i = 0; i < 20; i++) {
      assertThat(ask("HEAD /events", host, "", ""))
          .startsWith("HTTP/1.1 200")
          .containsIgnoringCase("Content-Type: text/event-stream")
          .containsIgnoringCase("X-Accel-Buffering: no");
    }
  }

  @Test
  void the_terminals_way_in_wants_the_token_from_the_disk() throws IOException {
    assertThat(ask("GET /api/state", host, "", "")).startsWith("HTTP/1.1 401");
    assertThat(ask("GET /api/state", host, "Authorization: Bearer " + formToken(), ""))
        .startsWith("HTTP/1.1 401");
    String control = Files.readString(alice.directory().resolve("control.json"));
    Matcher token = Pattern.compile("\"token\":\"([^\"]+)\"").matcher(control);
    assertThat(token.find()).isTrue();
    assertThat(ask("GET /api/state", host, "Authorization: Bearer " + token.group(1), ""))
        .startsWith("HTTP/1.1 200");
  }

  @Test
  void the_page_lets_nothing_in_from_elsewhere_and_nobody_frame_it() throws IOException {
    assertThat(ask("GET /", host, "", ""))
        .contains("default-src 'none'", "frame-ancestors 'none'", "form-action 'self'")
        .contains("X-Content-Type-Options: nosniff")
        .doesNotContain("unsafe-inline")
        .doesNotContain("https://");
  }

  @Test
  void forms_that_make_no_sense_are_answered_with_a_sentence() throws IOException {
    String token = "&_csrf=" + formToken();
    for (String body :
        List.of(
            "user=bob&resource=cat.jpg&views=many",
            "user=bob&resource=cat.jpg&views=1",
            "user=../../etc/passwd&resource=../../etc/passwd&views=1",
            "views=1",
            "")) {
      assertThat(ask("POST /grant", host, "", body + token)).as(body).startsWith("HTTP/1.1 302");
    }
    for (String path :
        List.of(
            "/viewing/x",
            "/thumbnail?owner=x&name=../../etc/passwd",
            "/viewing/x/image",
            "/../../etc/passwd",
            "/index.html",
            "/peer/requests",
            "/resources/owned/cat.jpg")) {
      assertThat(ask("GET " + path, host, "", "")).as(path).doesNotContain("HTTP/1.1 200");
    }
  }

  private static String formToken() throws IOException {
    Matcher token = FORM_TOKEN.matcher(ask("GET /", host, "", ""));
    assertThat(token.find()).isTrue();
    return token.group(1);
  }

  /** Headers as they are: Java's own clients don't let a test set Host and Origin. */
  private static String ask(String what, String hostHeader, String header, String body)
      throws IOException {
    URI uri = URI.create(alice.url());
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      socket.setSoTimeout(30_000);
      String request =
          "%s HTTP/1.1\r\nHost: %s\r\n%sContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
              .formatted(
                  what, hostHeader, header.isEmpty() ? "" : header + "\r\n", body.length(), body);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      socket.getInputStream().transferTo(answer);
      return answer.toString(StandardCharsets.UTF_8);
    }
  }
}
