package io.distri.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distri.peer.book.Book;
import io.distri.peer.directory.Contacts;
import io.distri.peer.entry.CatalogEntry;
import io.distri.peer.entry.GrantEntry;
import io.distri.peer.entry.ParcelEntry;
import io.distri.peer.entry.RequestEntry;
import io.distri.peer.entry.ShareKey;
import io.distri.peer.entry.Signatures;
import io.distri.peer.entry.Signed;
import io.distri.peer.entry.UseEntry;
import io.distri.peer.entry.UserEntry;
import io.distri.peer.sharing.RefusedException;
import io.distri.peer.transfer.PeerLink;
import io.distri.peer.vault.Digest;
import io.distri.peer.vault.Keys;
import io.distri.peer.vault.ResourceName;
import io.distri.protocol.image.SealedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** What strangers, and users themselves, try. */
class AttackTest {
  private static final byte[] CAT = Pictures.landscape(1);
  private static final ResourceName NAME = ResourceName.of("cat.jpg");

  @TempDir static Path cloudDirectory;
  private static TestCloud cloud;

  @TempDir Path directory;
  private TestPeer alice;
  private TestPeer bob;
  private Stranger eve;

  @BeforeAll
  static void startCloud() {
    cloud = new TestCloud(cloudDirectory, 1);
  }

  @AfterAll
  static void stopCloud() {
    cloud.close();
  }

  @BeforeEach
  void start() {
    cloud.clear();
    alice = new TestPeer("alice", directory, cloud.nodes());
    bob = new TestPeer("bob", directory, cloud.nodes());
    eve = new Stranger("eve", directory, cloud.nodes());
    eve.register(TestCloud.freeAddress());
    TestPeer.until(() -> knows(alice, bob) && knows(bob, alice));
  }

  private static boolean knows(TestPeer one, TestPeer other) {
    return one.bean(Contacts.class).find(other.id()).isPresent();
  }

  @AfterEach
  void stop() {
    eve.close();
    alice.close();
    bob.close();
  }

  @Test
  void a_caller_whom_the_directory_does_not_know_is_let_in_nowhere() throws Exception {
    try (Stranger nobody = new Stranger("nobody", directory, cloud.nodes())) {
      String request = nobody.sign(nobody.request(alice, "cat.jpg", 1)).jws();
      assertThat(nobody.post(alice, "/peer/requests", request)).isEqualTo(403);
    }
  }

  @Test
  void nobody_answers_for_another_id() throws Exception {
    UserEntry asAlice =
        new UserEntry(
            alice.id(),
            eve.user(TestCloud.freeAddress()).address(),
            eve.keys().age().recipient().toString(),
            System.currentTimeMillis() + 1000);
    assertThatThrownBy(() -> eve.sign(asAlice)).isInstanceOf(IllegalArgumentException.class);
    // Signed all the same, with eve's key under alice's id, and put in alice's place.
    String forged = eve.forged(asAlice);
    ObjectNode document = eve.document("users", alice.id().text());
    eve.collections().update("users", document.put("jws", forged));

    TestPeer.until(
        () -> !eve.document("users", alice.id().text()).path("jws").asString("").equals(forged));
    assertThat(eve.at(bob).entry().peer()).isEqualTo(bob.id());
    assertThat(bob.bean(Contacts.class).find(alice.id()).orElseThrow().entry().address())
        .isEqualTo(alice.address().toString());
  }

  @Test
  void a_peer_that_stands_at_anothers_address_is_told_nothing() {
    // bob listens where eve says that she is: what is meant for eve is not for him.
    Signed<UserEntry> eveAtBobs = eve.sign(eve.user(bob.address()));
    try (PeerLink link = new PeerLink(eve.keys().identity())) {
      assertThatThrownBy(() -> link.post(eveAtBobs, "/peer/requests", "secret"))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void a_forged_grant_gives_nothing() throws Exception {
    alice.add("cat.jpg", CAT);
    bob.request(alice, "cat.jpg", 1);
    GrantEntry wanted =
        new GrantEntry(alice.id(), bob.id(), NAME, 1000, 99, System.currentTimeMillis(), false);
    String forged = eve.forged(wanted);

    assertThat(eve.offer(bob, forged, null)).isEqualTo(403);
    assertThat(eve.offer(bob, eve.sign(eve.grant(bob, "cat.jpg", 9)).jws(), null)).isEqualTo(403);
    eve.collections()
        .update(
            "permissions",
            "{\"UUID\":\"%s\",\"provider\":\"%s\",\"user\":\"%s\",\"jws\":\"%s\"}"
                .formatted(wanted.uuid(), alice.id(), bob.id(), forged));
    alice.grant(bob, "cat.jpg", 1);
    bob.awaitLeft(alice, "cat.jpg", 1);
  }

  @Test
  void a_replayed_grant_gives_nothing_back() throws Exception {
    share(2);
    String generous = eve.document("permissions", grantId()).path("jws").asString("");
    ObjectNode old = eve.document("permissions", grantId());
    alice.peer().updatePermissions(bob.id(), NAME, 0);
    bob.awaitLeft(alice, "cat.jpg", 0);

    eve.collections().update("permissions", old);
    TestPeer.until(
        () -> !eve.document("permissions", grantId()).path("jws").asString("").equals(generous));
    assertThat(eve.offer(bob, generous, null)).isEqualTo(403);
    bob.awaitLeft(alice, "cat.jpg", 0);
    assertThatThrownBy(() -> bob.view(alice, "cat.jpg")).isInstanceOf(RefusedException.class);
  }

  @Test
  void nobody_edits_what_another_spent() throws Exception {
    share(2);
    bob.view(alice, "cat.jpg");
    alice.awaitSpent(bob, "cat.jpg", 1);
    UseEntry less = new UseEntry(alice.id(), bob.id(), NAME, 0);
    UseEntry more = new UseEntry(alice.id(), bob.id(), NAME, 2);
    assertThat(eve.post(alice, "/peer/uses", eve.forged(less))).isEqualTo(403);
    assertThat(eve.post(alice, "/peer/uses", eve.forged(more))).isEqualTo(403);
    ObjectNode use = eve.document("permissions", less.uuid());
    eve.collections().update("permissions", use.put("jws", eve.forged(more)));
    TestPeer.until(() ->
        eve.document("permissions", less.uuid()).path("spent").asInt() == 1
            && !eve.document("permissions", less.uuid())
                .path("jws")
                .asString("")
                .equals(eve.forged(more)));
    alice.awaitSpent(bob, "cat.jpg", 1);
    bob.awaitLeft(alice, "cat.jpg", 1);
  }

  @Test
  void entries_that_a_stranger_deletes_or_overwrites_are_published_again() throws Exception {
    share(2);
    String mine = eve.document("permissions", grantId()).path("jws").asString("");
    for (String collection : List.of("users", "catalog", "permissions")) {
      eve.collections().deleteAllDocuments(collection);
    }
    TestPeer.until(
        () -> eve.document("permissions", grantId()).path("jws").asString("").equals(mine));
    TestPeer.until(() -> !eve.document("catalog", alice.id() + "|cat.jpg").isEmpty());
    TestPeer.until(() -> !eve.document("users", alice.id().text()).isEmpty());

    eve.collections()
        .update("catalog", "{\"UUID\":\"%s|cat.jpg\",\"jws\":\"x\"}".formatted(alice.id()));
    TestPeer.until(() ->
        eve.document("catalog", alice.id() + "|cat.jpg").path("jws").asString("").length() > 1);
    assertThat(bob.view(alice, "cat.jpg")).isEqualTo(CAT);
  }

  @Test
  void a_borrowed_file_is_worth_nothing_to_a_third() throws Exception {
    share(2);
    Path borrowed = borrowedFile();
    String grant = eve.document("permissions", grantId()).path("jws").asString("");
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
      Files.copy(borrowed, in.resolve("cat.jpg.age"));
      Files.copy(parcelFile(), in.resolve("cat.jpg.parcel"));
      assertThatThrownBy(() -> carol.view(alice, "cat.jpg")).isInstanceOf(RefusedException.class);
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
    assertThat(alice.peer().inbox()).isEmpty();
  }

  private void assertNoName(String name) throws Exception {
    assertThat(eve.post(alice, "/peer/missing", "{\"resource\":\"" + name + "\"}")).isEqualTo(400);
    String request = eve.sign(eve.request(alice, "cat.jpg", 1)).jws();
    String[] parts = request.split("\\.");
    String payload = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
    String evil = eve.resigned(payload.replace("\"cat.jpg\"", "\"" + name + "\""));
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
  void a_bomb_is_thrown_away_and_so_is_what_was_not_signed_for() throws Exception {
    RequestEntry asked =
        new RequestEntry(eve.keys().id(), bob.id(), NAME, 1, System.currentTimeMillis());
    bob.bean(Book.class).accept(bob.bean(Signatures.class).sign(asked, bob.bean(Keys.class)));
    String grant = eve.sign(eve.grant(bob, "cat.jpg", 5)).jws();
    Path sealed = eve.sealed(bob, "<script>alert(1)</script>".getBytes(StandardCharsets.UTF_8));
    String parcel = eve.sign(eve.parcel(bob, "cat.jpg", sealed)).jws();
    String put = "/peer/grants/" + Digest.of(sealed) + "?from=0";

    assertThat(eve.offer(bob, grant, parcel)).isEqualTo(200);
    assertThat(eve.raw(bob, "PUT", put, Files.readAllBytes(sealed))).as("no image").isEqualTo(422);
    assertThat(eve.offer(bob, grant, parcel)).isEqualTo(200);
    assertThat(eve.raw(bob, "PUT", put, new byte[5_000_000]))
        .as("more than announced")
        .isEqualTo(422);
    var huge = new ParcelEntry(eve.keys().id(), bob.id(), NAME, Digest.of(sealed), 1L << 40, 1);
    assertThat(eve.offer(bob, grant, eve.sign(huge).jws())).as("a terabyte").isEqualTo(403);
    assertThat(eve.raw(bob, "POST", "/peer/grants", new byte[1_000_000])).isEqualTo(400);
    try (Stream<Path> left = Files.walk(bob.directory().resolve("transfer"))) {
      assertThat(left.filter(Files::isRegularFile)).isEmpty();
    }
    try (Stream<Path> left = Files.walk(bob.directory().resolve("resources/borrowed"))) {
      assertThat(left.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @Test
  void a_thumbnail_that_is_no_small_picture_is_not_shown() {
    for (String thumbnail :
        List.of("PHNjcmlwdD4=", "not base64 \"><script>", Pictures.png(65, 20))) {
      CatalogEntry image =
          new CatalogEntry(
              eve.keys().id(),
              NAME,
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
              .published(eve.keys().id(), NAME)
              .map(seen -> seen.thumbnail().equals(thumbnail))
              .orElse(false));
      assertThat(bob.peer().thumbnail(eve.keys().id(), NAME)).isEmpty();
    }
  }

  @Test
  void requests_in_a_flood_are_bounded() throws Exception {
    Path owned = alice.directory().resolve("resources/owned");
    for (int i = 0; i < 101; i++) {
      Files.write(
          owned.resolve("i" + i + ".jpg"), new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF});
    }
    int refused = 0;
    for (int i = 0; i < 101; i++) {
      String request = eve.sign(eve.request(alice, "i" + i + ".jpg", 1)).jws();
      refused += eve.post(alice, "/peer/requests", request) == 403 ? 1 : 0;
    }
    assertThat(refused).isEqualTo(1);
    assertThat(alice.peer().inbox()).hasSize(100);
  }

  @Test
  void a_user_who_winds_his_ledger_back_is_found_out() throws Exception {
    share(3);
    Path use = bob.directory().resolve("book").resolve(Digest.of(useId()) + ".json");
    bob.view(alice, "cat.jpg");
    byte[] once = Files.readAllBytes(use);
    bob.view(alice, "cat.jpg");
    alice.awaitSpent(bob, "cat.jpg", 2);

    bob.close();
    Files.write(use, once);
    bob.start();
    TestPeer.until(() -> bob.findings().stream().anyMatch(finding -> finding.contains("ledger")));
    assertThat(bob.view(alice, "cat.jpg")).isEqualTo(CAT);
    assertThatThrownBy(() -> bob.view(alice, "cat.jpg")).isInstanceOf(RefusedException.class);

    bob.close();
    Files.writeString(use, Files.readString(use).replace("\"jws\":\"e", "\"jws\":\"f"));
    bob.start();
    assertThat(bob.findings()).anyMatch(finding -> finding.contains("edited"));
    ShareKey share = new ShareKey(alice.id(), bob.id(), NAME);
    TestPeer.until(() -> bob.bean(Book.class).spent(share) == 3);
  }

  @Test
  void a_borrowed_file_that_was_edited_takes_no_view_and_comes_again() throws Exception {
    share(2);
    byte[] bytes = Files.readAllBytes(borrowedFile());
    bytes[bytes.length - 1] ^= 1;
    Files.write(borrowedFile(), bytes);

    assertThatThrownBy(() -> bob.view(alice, "cat.jpg")).hasMessageContaining("not the one");
    assertThat(bob.findings()).anyMatch(finding -> finding.contains("cat.jpg"));
    bob.awaitLeft(alice, "cat.jpg", 2);
    assertThat(bob.view(alice, "cat.jpg")).isEqualTo(CAT);
  }

  private void share(int views) throws Exception {
    alice.add("cat.jpg", CAT);
    bob.request(alice, "cat.jpg", views);
    alice.grant(bob, "cat.jpg", views);
    bob.awaitLeft(alice, "cat.jpg", views);
    TestPeer.until(() -> !eve.document("permissions", grantId()).isEmpty());
  }

  private String grantId() {
    return "grant:" + alice.id() + "|" + bob.id() + "|cat.jpg";
  }

  private String useId() {
    return "use:" + alice.id() + "|" + bob.id() + "|cat.jpg";
  }

  private Path borrowedFile() {
    return bob.directory()
        .resolve("resources/borrowed")
        .resolve(alice.id().text())
        .resolve("cat.jpg.age");
  }

  private Path parcelFile() {
    return borrowedFile().resolveSibling("cat.jpg.parcel");
  }
}
