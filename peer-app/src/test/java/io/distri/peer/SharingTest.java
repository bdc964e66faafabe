package io.distri.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distri.client.DistriCollections;
import io.distri.client.DocumentQuery;
import io.distri.peer.entry.GrantEntry.Answer;
import io.distri.peer.entry.RequestEntry;
import io.distri.peer.operations.Peer;
import io.distri.peer.sharing.RefusedException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What two peers do with each other. */
class SharingTest extends TwoPeers {

  @Test
  void an_image_is_asked_for_granted_seen_three_times_and_gone() throws Exception {
    alice.add(image, CAT);
    bob.request(alice, image, 5);
    assertThat(pending()).extracting(RequestEntry::views).containsExactly(5);
    alice.grant(bob, image, 3);
    bob.awaitLeft(alice, image, 3);
    assertThat(pending()).isEmpty();
    assertThat(alice.peer().inbox()).isEmpty();

    for (int view = 1; view <= 3; view++) {
      assertThat(bob.view(alice, image)).isEqualTo(CAT);
      alice.awaitSpent(bob, image, view);
    }

    assertRefused("no views of this image left");
    assertThat(borrowedFile()).doesNotExist();
    assertThat(parcelFile()).doesNotExist();
    assertThat(filesIn(alice.directory().resolve("transfer"))).isEmpty();
  }

  @Test
  void a_denied_request_is_over_and_gives_nothing() throws Exception {
    alice.add(image, CAT);
    bob.request(alice, image, 5);
    alice.grant(bob, image, 0);
    bob.awaitLeft(alice, image, 0);

    assertThat(pending()).isEmpty();
    assertThat(bob.given(alice, image).orElseThrow().grant().answer()).isEqualTo(Answer.DENIED);
    assertRefused("no views");

    bob.peer().requestResource(alice.id(), name, 1);
    alice.grant(bob, image, 1);
    bob.awaitLeft(alice, image, 1);
    assertThat(bob.view(alice, image)).isEqualTo(CAT);
  }

  @Test
  void a_second_answer_to_a_request_adds_nothing_and_a_second_request_does() throws Exception {
    alice.add(image, CAT);
    bob.request(alice, image, 2);
    alice.grant(bob, image, 2);
    alice.peer().grantResource(bob.id(), name, 2);
    bob.awaitLeft(alice, image, 2);
    assertThat(bob.view(alice, image)).isEqualTo(CAT);

    bob.peer().requestResource(alice.id(), name, 2);
    alice.grant(bob, image, 2);
    bob.awaitLeft(alice, image, 3);
  }

  @Test
  void what_is_left_can_be_changed_and_revoked() throws Exception {
    alice.add(image, CAT);
    bob.request(alice, image, 2);
    alice.grant(bob, image, 2);
    bob.awaitLeft(alice, image, 2);
    assertThat(bob.view(alice, image)).isEqualTo(CAT);
    alice.awaitSpent(bob, image, 1);

    alice.peer().updatePermissions(bob.id(), name, 9);
    bob.awaitLeft(alice, image, 9);
    alice.peer().updatePermissions(bob.id(), name, 0);
    bob.awaitLeft(alice, image, 0);
    assertRefused("no views");
    TestPeer.until(() -> !Files.exists(borrowedFile()) && !Files.exists(parcelFile()));

    alice.peer().updatePermissions(bob.id(), name, 1);
    bob.awaitLeft(alice, image, 1);
    assertThat(bob.view(alice, image)).isEqualTo(CAT);
  }

  @Test
  void the_owner_may_be_away_at_the_request_and_the_user_at_the_grant() throws Exception {
    alice.add(image, CAT);
    bob.request(alice, image, 2);
    alice.grant(bob, image, 1);
    bob.awaitLeft(alice, image, 1);
    assertThat(bob.view(alice, image)).isEqualTo(CAT);
    alice.awaitSpent(bob, image, 1);

    alice.stop();
    bob.peer().requestResource(alice.id(), name, 2);
    TestPeer.until(() -> directoryHas(bob, "req:" + alice.id() + "|" + bob.id() + "|" + image));
    bob.stop();
    alice.start();
    alice.grant(bob, image, 2);
    TestPeer.until(() ->
        alice
            .bean(DistriCollections.class)
            .read("permissions", DocumentQuery.matching("UUID", grantId()))
            .toString()
            .contains("\"revision\":2"));
    alice.stop();
    bob.start();
    TestPeer.until(() -> bob.given(alice, image).orElseThrow().left() == 2);
    assertThatThrownBy(() -> bob.view(alice, image))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("not here yet");

    alice.start();
    bob.awaitLeft(alice, image, 2);
    assertThat(bob.view(alice, image)).isEqualTo(CAT);
  }

  @Test
  void a_deleted_image_leaves_the_catalog_and_views_that_were_given_stay() throws Exception {
    alice.add(image, CAT);
    bob.request(alice, image, 2);
    alice.grant(bob, image, 1);
    bob.awaitLeft(alice, image, 1);

    alice.peer().deleteImage(name);
    TestPeer.until(() -> !bob.sees(alice, image));
    assertThat(bob.view(alice, image)).isEqualTo(CAT);
  }

  @Test
  void an_image_that_is_deleted_before_it_was_delivered_ends_the_grant_on_both_sides()
      throws Exception {
    alice.add(image, CAT);
    bob.request(alice, image, 2);
    TestPeer.until(() -> !alice.peer().inbox().isEmpty());
    bob.stop();
    alice.grant(bob, image, 2);
    alice.peer().deleteImage(name);
    bob.start();

    TestPeer.until(() -> isDeleted(bob.given(alice, image)) && isDeleted(alice.gave(bob, image)));
    assertRefused("no views");

    alice.add(image, CAT);
    bob.request(alice, image, 2);
    alice.grant(bob, image, 1);
    bob.awaitLeft(alice, image, 1);
    assertThat(bob.view(alice, image)).isEqualTo(CAT);
  }

  @Test
  void a_request_for_an_image_that_is_deleted_meanwhile_is_answered() throws Exception {
    alice.add(image, CAT);
    bob.request(alice, image, 2);
    TestPeer.until(() -> !alice.peer().inbox().isEmpty());
    // By hand, as people do: nobody tells the peer.
    Files.delete(alice.directory().resolve("resources/owned").resolve(image));

    TestPeer.until(() -> isDeleted(bob.given(alice, image)));
    assertThat(pending()).isEmpty();
    assertThat(alice.peer().inbox()).isEmpty();
  }

  @Test
  void a_request_that_comes_after_its_image_was_deleted_is_answered() throws Exception {
    alice.add(image, CAT);
    TestPeer.until(() -> bob.sees(alice, image));
    alice.stop();
    bob.request(alice, image, 2);
    Files.delete(alice.directory().resolve("resources/owned").resolve(image));
    alice.start();

    TestPeer.until(() -> isDeleted(bob.given(alice, image)));
    assertThat(pending()).isEmpty();
  }

  private static boolean isDeleted(Optional<Peer.Shared> share) {
    return share
        .filter(known -> known.grant().answer() == Answer.DELETED && known.left() == 0)
        .isPresent();
  }

  private List<RequestEntry> pending() {
    return bob.peer().pendingApproval().stream()
        .filter(request -> request.resource().equals(name))
        .toList();
  }

  @Test
  void own_images_are_kept_sealed_for_their_owner_too() throws Exception {
    alice.add(image, CAT);
    Path sealed = alice.directory().resolve("resources/encrypted/" + image + ".age");
    TestPeer.until(() -> Files.exists(sealed));
    assertThat(Files.readString(sealed, StandardCharsets.ISO_8859_1))
        .startsWith("age-encryption.org/v1");
  }

  private void assertRefused(String reason) {
    assertThatThrownBy(() -> bob.view(alice, image))
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
