package io.distri.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.distri.peer.vault.ResourceName;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Uploads to a peer that takes images of up to 1 MB, in requests of up to 2 MB. */
class UploadTest {
  @TempDir static Path directory;
  private static TestPeer alice;

  private final HttpClient browser = HttpClient.newHttpClient();

  @BeforeAll
  static void start() {
    alice =
        new TestPeer(
            "alice",
            directory,
            TestCloud.shared().nodes(),
            "--distri.peer.max-image=1MB",
            "--spring.servlet.multipart.max-file-size=2MB",
            "--spring.servlet.multipart.max-request-size=2MB");
  }

  @AfterAll
  static void stop() {
    alice.close();
  }

  @Test
  void an_image_over_the_limit_is_refused_with_a_sentence_and_leaves_nothing() throws Exception {
    assertThat(upload("photo.jpg", Pictures.ofSize(1_000_000))).contains("Published photo.jpg.");
    assertThat(upload("large.jpg", Pictures.ofSize(1_500_000))).contains("has more than 1 MB");
    assertThat(upload("larger.jpg", Pictures.ofSize(3_000_000)))
        .contains("Not done: the image is too large.");
    assertThat(fromTerminal("terminal.jpg", Pictures.ofSize(1_500_000)))
        .contains("has more than 1 MB");

    assertThat(alice.peer().ownImages())
        .extracting(image -> image.name().text())
        .containsExactly("photo.jpg");
    assertThat(filesIn("transfer/incoming")).isZero();
    assertThat(alice.peer().published(alice.id(), ResourceName.of("large.jpg"))).isEmpty();
  }

  @Test
  void an_image_that_somebody_put_into_the_folder_and_is_too_large_is_not_shared()
      throws Exception {
    Path owned = alice.directory().resolve("resources/owned");
    Files.write(owned.resolve("by-hand.jpg"), Pictures.ofSize(1_500_000));
    assertThat(alice.peer().ownImages())
        .extracting(image -> image.name().text())
        .doesNotContain("by-hand.jpg");
  }

  @Test
  void a_file_from_the_far_future_or_with_a_name_that_nobody_can_read_stops_no_other()
      throws Exception {
    Path owned = alice.directory().resolve("resources/owned");
    Path future = Files.write(owned.resolve("future.jpg"), Pictures.landscape(2));
    Files.setLastModifiedTime(future, FileTime.from(Long.MAX_VALUE / 1000, TimeUnit.SECONDS));
    new ProcessBuilder("sh", "-c", "printf x > $(printf '\\374.jpg')")
        .directory(owned.toFile())
        .start()
        .waitFor();
    Files.write(owned.resolve("other.jpg"), Pictures.landscape(3));
    TestPeer.until(() -> alice.sees(alice, "future.jpg") && alice.sees(alice, "other.jpg"));
    for (String name : owned.toFile().list((folder, file) -> !file.equals("photo.jpg"))) {
      Files.deleteIfExists(owned.resolve(name));
    }
  }

  /** As the page's form does it; returns the page that it leads to. */
  private String upload(String name, byte[] image) throws Exception {
    String page = get("/");
    String csrf = page.replaceAll("(?s).*action=\"/upload\\?_csrf=([^\"]+)\".*", "$1");
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(
        ("--edge\r\nContent-Disposition: form-data; name=\"image\"; filename=\"" + name + "\"\r\n")
            .getBytes(StandardCharsets.US_ASCII));
    body.writeBytes("Content-Type: image/jpeg\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    body.writeBytes(image);
    body.writeBytes("\r\n--edge--\r\n".getBytes(StandardCharsets.US_ASCII));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(alice.url() + "/upload?_csrf=" + csrf))
            .header("Content-Type", "multipart/form-data; boundary=edge")
            .POST(BodyPublishers.ofByteArray(body.toByteArray()))
            .build();
    var answer = browser.send(request, BodyHandlers.ofString());
    URI next = URI.create(alice.url()).resolve(answer.headers().firstValue("Location").orElse("/"));
    return get(next.getPath() + "?" + next.getQuery());
  }

  private String get(String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(alice.url() + path)).build();
    return browser.send(request, BodyHandlers.ofString()).body();
  }

  private String fromTerminal(String name, byte[] image) throws Exception {
    String token =
        JsonMapper.shared()
            .readTree(Files.readAllBytes(alice.directory().resolve("control.json")))
            .path("token")
            .asString("");
    String path = "/api/add?thumbnail=true&resource=" + name;
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(alice.url() + path))
            .header("Authorization", "Bearer " + token)
            .POST(BodyPublishers.ofByteArray(image))
            .build();
    return browser.send(request, BodyHandlers.ofString()).body();
  }

  private static long filesIn(String folder) throws Exception {
    try (Stream<Path> files = Files.walk(alice.directory().resolve(folder))) {
      return files.filter(Files::isRegularFile).count();
    }
  }
}
