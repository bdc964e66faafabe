package io.distri.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distri.client.DistriCollections;
import io.distri.client.DocumentQuery;
import io.distri.peer.entry.RequestEntry;
import io.distri.peer.sharing.RefusedException;
import io.distri.peer.vault.ResourceName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two peers and three nodes, all real, on real sockets. */
class SharingTest {
  private static final byte[] CAT = Pictures.landscape(1);

  @TempDir static Path cloudDirectory;
  private static TestCloud cloud;

  @TempDir Path directory;
  private TestPeer alice;
  private TestPeer bob;

  @BeforeAll
  static void startCloud() {
    cloud = new TestCloud(cloudDirectory, 3);
  }

  @AfterAll
  static void stopCloud() {
    cloud.close();
  }

  @BeforeEach
  void startPeers() {
    cloud.clear();
    alice = new TestPeer("alice", directory, cloud.nodes());
    bob = new TestPeer("bob", directory, cloud.nodes());
  }

  @AfterEach
  void stopPeers() {
    alice.close();
    bob.close();
  }

  @Test
  void an_image_is_asked_for_granted_seen_three_times_and_gone() throws Exception {
    alice.add("cat.jpg", CAT);
    bob.request(alice, "cat.jpg", 5);
    assertThat(bob.peer().pendingApproval()).extracting(RequestEntry::views).containsExactly(5);
    alice.grant(bob, "cat.jpg", 3);
    bob.awaitLeft(alice, "cat.jpg", 3);
    assertThat(bob.peer().pendingApproval()).isEmpty();
    assertThat(alice.peer().inbox()).isEmpty();

    for (int view = 1; view <= 3; view++) {
      assertThat(bob.view(alice, "cat.jpg")).isEqualTo(CAT);
      alice.awaitSpent(bob, "cat.jpg", view);
    }

    assertRefused("no views of this image left");
    assertThat(filesIn(bob.directory().resolve("resources/borrowed"))).isEmpty();
    assertThat(filesIn(alice.directory().resolve("transfer"))).isEmpty();
  }

  @Test
  void a_denied_request_is_over_and_gives_nothing() throws Exception {
    alice.add("cat.jpg", CAT);
    bob.request(alice, "cat.jpg", 5);
    alice.grant(bob, "cat.jpg", 0);
    bob.awaitLeft(alice, "cat.jpg", 0);

    assertThat(bob.peer().pendingApproval()).isEmpty();
    assertThat(bob.peer().availableResources().get(0).grant().denied()).isTrue();
    assertRefused("no views");

    bob.peer().requestResource(alice.id(), ResourceName.of("cat.jpg"), 1);
    alice.grant(bob, "cat.jpg", 1);
    bob.awaitLeft(alice, "cat.jpg", 1);
    assertThat(bob.view(alice, "cat.jpg")).isEqualTo(CAT);
  }

  @Test
  void a_second_answer_to_a_request_adds_nothing_and_a_second_request_does() throws Exception {
    alice.add("cat.jpg", CAT);
    bob.request(alice, "cat.jpg", 2);
    alice.grant(bob, "cat.jpg", 2);
    alice.peer().grantResource(bob.id(), ResourceName.of("cat.jpg"), 2);
    bob.awaitLeft(alice, "cat.jpg", 2);
    assertThat(bob.view(alice, "cat.jpg")).isEqualTo(CAT);

    bob.peer().requestResource(alice.id(), ResourceName.of("cat.jpg"), 2);
    alice.grant(bob, "cat.jpg", 2);
    bob.awaitLeft(alice, "cat.jpg", 3);
  }

  @Test
  void what_is_left_can_be_changed_and_revoked() throws Exception {
    ResourceName cat = ResourceName.of("cat.jpg");
    alice.add("cat.jpg", CAT);
    bob.request(alice, "cat.jpg", 2);
    alice.grant(bob, "cat.jpg", 2);
    bob.awaitLeft(alice, "cat.jpg", 2);
    assertThat(bob.view(alice, "cat.jpg")).isEqualTo(CAT);
    alice.awaitSpent(bob, "cat.jpg", 1);

    alice.peer().updatePermissions(bob.id(), cat, 9);
    bob.awaitLeft(alice, "cat.jpg", 9);
    alice.peer().updatePermissions(bob.id(), cat, 0);
    bob.awaitLeft(alice, "cat.jpg", 0);
    assertRefused("no views");
    TestPeer.until(() -> filesIn(bob.directory().resolve("resources/borrowed")).isEmpty());

    alice.peer().updatePermissions(bob.id(), cat, 1);
    bob.awaitLeft(alice, "cat.jpg", 1);
    assertThat(bob.view(alice, "cat.jpg")).isEqualTo(CAT);
  }

  @Test
  void the_owner_may_be_away_at_the_request_and_the_user_at_the_grant() throws Exception {
    alice.add("cat.jpg", CAT);
    bob.request(alice, "cat.jpg", 2);
    alice.grant(bob, "cat.jpg", 1);
    bob.awaitLeft(alice, "cat.jpg", 1);
    assertThat(bob.view(alice, "cat.jpg")).isEqualTo(CAT);
    alice.awaitSpent(bob, "cat.jpg", 1);

    alice.close();
    bob.peer().requestResource(alice.id(), ResourceName.of("cat.jpg"), 2);
    TestPeer.until(() -> directoryHas(bob, "req:"));
    bob.close();
    alice.start();
    alice.grant(bob, "cat.jpg", 2);
    TestPeer.until(() -> directoryHas(alice, "\"revision\":2"));
    alice.close();
    bob.start();
    TestPeer.until(() -> bob.peer().availableResources().get(0).left() == 2);
    assertThatThrownBy(() -> bob.view(alice, "cat.jpg"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("not here yet");

    alice.start();
    bob.awaitLeft(alice, "cat.jpg", 2);
    assertThat(bob.view(alice, "cat.jpg")).isEqualTo(CAT);
  }

  @Test
  void a_deleted_image_leaves_the_catalog_and_views_that_were_given_stay() throws Exception {
    alice.add("cat.jpg", CAT);
    bob.request(alice, "cat.jpg", 2);
    alice.grant(bob, "cat.jpg", 1);
    bob.awaitLeft(alice, "cat.jpg", 1);

    alice.peer().deleteImage(ResourceName.of("cat.jpg"));
    TestPeer.until(() -> !bob.sees(alice, "cat.jpg"));
    assertThat(bob.view(alice, "cat.jpg")).isEqualTo(CAT);
  }

  @Test
  void own_images_are_kept_sealed_for_their_owner_too() throws Exception {
    alice.add("cat.jpg", CAT);
    Path sealed = alice.directory().resolve("resources/encrypted/cat.jpg.age");
    TestPeer.until(() -> Files.exists(sealed));
    assertThat(Files.readString(sealed, StandardCharsets.ISO_8859_1))
        .startsWith("age-encryption.org/v1");
  }

  private void assertRefused(String reason) {
    assertThatThrownBy(() -> bob.view(alice, "cat.jpg"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(reason);
  }

  private static boolean directoryHas(TestPeer peer, String text) {
    return peer.bean(DistriCollections.class)
        .read("permissions", DocumentQuery.all())
        .toString()
        .contains(text);
  }

  private static List<Path> filesIn(Path folder) throws Exception {
    try (var files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
