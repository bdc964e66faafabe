package io.distri.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distri.peer.book.Book;
import io.distri.peer.entry.CatalogEntry;
import io.distri.peer.entry.ParcelEntry;
import io.distri.peer.entry.RequestEntry;
import io.distri.peer.entry.Signatures;
import io.distri.peer.entry.UserEntry;
import io.distri.peer.sharing.RefusedException;
import io.distri.peer.transfer.PeerLink;
import io.distri.peer.vault.Digest;
import io.distri.peer.vault.Keys;
import io.distri.protocol.image.SealedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What strangers, known to the directory, try at the port for peers and with what they publish. */
class CallAttackTest extends WithStranger {

  @Test
  void a_borrowed_file_is_worth_nothing_to_a_third() throws Exception {
    share(2);
    Path borrowed = borrowedFile();
    String grant = permission(grantId());
    TestPeer carol = new TestPeer("carol", directory, cloud.nodes());
    try (carol) {
      TestPeer.until(() -> knows(carol, alice) && knows(carol, carol));
      // bob's own program would not send it: eve got it from him.
      assertThat(eve.offer(carol, grant, Files.readString(parcelFile()))).isEqualTo(403);
      assertThat(
              eve.raw(
                  carol,
                  "PUT",
                  "/peer/grants/" + Digest.of(borrowed) + "?from=0",
                  Files.readAllBytes(borrowed)))
          .isEqualTo(404);
      Path in = carol.directory().resolve("resources/borrowed").resolve(alice.id().text());
      Files.createDirectories(in);
      Files.copy(borrowed, in.resolve(image + ".age"));
      Files.copy(parcelFile(), in.resolve(image + ".parcel"));
      assertThatThrownBy(() -> carol.view(alice, image)).isInstanceOf(RefusedException.class);
      assertThatThrownBy(() ->
              SealedImage.openBare(
                  Files.newInputStream(borrowed),
                  List.of(carol.bean(Keys.class).age()),
                  OutputStream.nullOutputStream()))
          .hasMessageContaining("not for this key");
    }
  }

  @Test
  void names_that_lead_elsewhere_are_no_names() throws Exception {
    int waiting = alice.peer().inbox().size();
    for (String name :
        List.of(
            "../../etc/passwd",
            "/etc/passwd",
            "..\\\\x",
            "a/b.png",
            ".hidden",
            "a\\u0000.png",
            "cat.jpg/..")) {
      assertNoName(name);
    }
    assertThat(alice.peer().inbox()).hasSize(waiting);
  }

  private void assertNoName(String name) throws Exception {
    assertThat(eve.post(alice, "/peer/missing", "{\"resource\":\"" + name + "\"}")).isEqualTo(400);
    String request = eve.sign(eve.request(alice, image, 1)).jws();
    String[] parts = request.split("\\.");
    String payload = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
    String evil = eve.resigned(payload.replace("\"" + image + "\"", "\"" + name + "\""));
    assertThat(eve.post(alice, "/peer/requests", evil)).isEqualTo(403);
  }

  @Test
  void paths_beside_those_for_peers_lead_nowhere_and_the_page_is_not_on_this_port()
      throws Exception {
    for (String path :
        List.of(
            "/",
            "/api/state",
            "/peer.css",
            "/peer/../",
            "/peer/%2e%2e/api/state",
            "/peer/grants/..%2f..%2fetc%2fpasswd",
            "/peer/grants/../../etc/passwd")) {
      assertThat(eve.raw(alice, "GET", path, new byte[0])).as(path).isGreaterThanOrEqualTo(400);
    }
  }

  @Test
  void whatever_comes_is_refused_and_no_fault_of_the_peers() throws Exception {
    List<byte[]> bodies =
        Stream.of(
                "",
                "null",
                "[]",
                "1",
                "\"x\"",
                "{",
                "{\"grant\":null}",
                "{\"grant\":[],\"parcel\":{}}",
                "{\"resource\":{}}",
                "[".repeat(15_000),
                "..",
                "e30.e30.e30",
                "\0")
            .map(body -> body.getBytes(StandardCharsets.UTF_8))
            .collect(Collectors.toCollection(ArrayList::new));
    bodies.add(new byte[] {(byte) 0xC0, (byte) 0x80, (byte) 0xFF});
    for (String path : List.of("/peer/requests", "/peer/uses", "/peer/missing", "/peer/grants")) {
      for (byte[] body : bodies) {
        assertThat(eve.raw(alice, "POST", path, body))
            .as(path + " " + new String(body, StandardCharsets.ISO_8859_1))
            .isBetween(400, 499);
      }
    }
    for (String path :
        List.of(
            "/peer/grants/x",
            "/peer/grants/x?from=",
            "/peer/grants/x?from=a",
            "/peer/grants/x?from=-1",
            "/peer/grants/x?from=99999999999999999999",
            "/peer/grants/%00?from=0",
            "/peer/grants/..?from=0",
            "/peer/requests?x=%FF",
            "/peer/none")) {
      assertThat(eve.raw(alice, "PUT", path, new byte[10])).as(path).isBetween(400, 499);
    }
  }

  @Test
  void a_peer_at_an_address_that_is_none_is_a_peer_that_does_not_answer() {
    try (PeerLink link = new PeerLink(eve.keys().identity())) {
      for (String address : List.of("under_score:80", "a%zz:1", "...:1", "-:1", "[::1%lo]:22")) {
        String recipient = eve.keys().age().recipient().toString();
        UserEntry nowhere = new UserEntry(eve.keys().id(), address, recipient, 1);
        assertThatThrownBy(() -> link.post(eve.sign(nowhere), "/peer/missing", "{}"))
            .as(address)
            .isInstanceOf(IOException.class);
      }
    }
  }

  @Test
  void a_bomb_is_thrown_away_and_so_is_what_was_not_signed_for() throws Exception {
    RequestEntry asked =
        new RequestEntry(eve.keys().id(), bob.id(), name, 1, System.currentTimeMillis());
    bob.bean(Book.class).accept(bob.bean(Signatures.class).sign(asked, bob.bean(Keys.class)));
    String grant = eve.sign(eve.grant(bob, image, 5)).jws();
    Path sealed = eve.sealed(bob, "<script>alert(1)</script>".getBytes(StandardCharsets.UTF_8));
    String parcel = eve.sign(eve.parcel(bob, image, sealed)).jws();
    String put = "/peer/grants/" + Digest.of(sealed) + "?from=0";

    assertThat(eve.offer(bob, grant, parcel)).isEqualTo(200);
    assertThat(eve.raw(bob, "PUT", put, Files.readAllBytes(sealed))).as("no image").isEqualTo(422);
    assertThat(eve.offer(bob, grant, parcel)).isEqualTo(200);
    assertThat(eve.raw(bob, "PUT", put, new byte[500_000]))
        .as("more than announced")
        .isEqualTo(422);
    var huge = new ParcelEntry(eve.keys().id(), bob.id(), name, Digest.of(sealed), 1L << 40, 1);
    assertThat(eve.offer(bob, grant, eve.sign(huge).jws())).as("a terabyte").isEqualTo(403);
    assertThat(eve.raw(bob, "POST", "/peer/grants", new byte[1_000_000])).isEqualTo(400);
    for (String nothing :
        List.of("", "null", "[]", "{}", "{\"grant\":null}", "{\"grant\":\"..\"}")) {
      for (String path : List.of("requests", "uses", "missing", "grants")) {
        assertThat(eve.post(bob, "/peer/" + path, nothing)).as(path + nothing).isBetween(400, 403);
      }
    }
    try (Stream<Path> left = Files.walk(bob.directory().resolve("transfer"))) {
      assertThat(left.filter(Files::isRegularFile)).isEmpty();
    }
    Path fromEve = bob.directory().resolve("resources/borrowed").resolve(eve.keys().id().text());
    assertThat(fromEve).doesNotExist();
  }

  @Test
  void a_thumbnail_that_is_no_small_picture_is_not_shown() {
    for (String thumbnail :
        List.of("PHNjcmlwdD4=", "not base64 \"><script>", Pictures.png(65, 20))) {
      CatalogEntry image =
          new CatalogEntry(
              eve.keys().id(),
              name,
              1,
              1,
              "image/png",
              1,
              1,
              thumbnail,
              System.currentTimeMillis());
      eve.publish(eve.sign(image));
      TestPeer.until(() ->
          bob.peer()
              .published(eve.keys().id(), name)
              .map(seen -> seen.thumbnail().equals(thumbnail))
              .orElse(false));
      assertThat(bob.peer().thumbnail(eve.keys().id(), name)).isEmpty();
    }
  }
}
