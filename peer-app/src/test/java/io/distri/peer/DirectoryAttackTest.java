package io.distri.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distri.peer.directory.Contacts;
import io.distri.peer.entry.GrantEntry;
import io.distri.peer.entry.GrantEntry.Answer;
import io.distri.peer.entry.Signed;
import io.distri.peer.entry.UseEntry;
import io.distri.peer.entry.UserEntry;
import io.distri.peer.sharing.RefusedException;
import io.distri.peer.transfer.PeerLink;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What strangers try in the directory, and with what is signed. */
class DirectoryAttackTest extends WithStranger {

  @Test
  void a_caller_whom_the_directory_does_not_know_is_let_in_nowhere() throws Exception {
    try (Stranger nobody = new Stranger("nobody", directory, cloud.nodes())) {
      String request = nobody.sign(nobody.request(alice, image, 1)).jws();
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
    alice.add(image, CAT);
    bob.request(alice, image, 1);
    GrantEntry wanted =
        new GrantEntry(
            alice.id(), bob.id(), name, 1000, 99, System.currentTimeMillis(), Answer.GIVEN);
    String forged = eve.forged(wanted);

    assertThat(eve.offer(bob, forged, null)).isEqualTo(403);
    assertThat(eve.offer(bob, eve.sign(eve.grant(bob, image, 9)).jws(), null)).isEqualTo(403);
    eve.collections()
        .update(
            "permissions",
            "{\"UUID\":\"%s\",\"provider\":\"%s\",\"user\":\"%s\",\"jws\":\"%s\"}"
                .formatted(wanted.uuid(), alice.id(), bob.id(), forged));
    alice.grant(bob, image, 1);
    bob.awaitLeft(alice, image, 1);
  }

  @Test
  void a_replayed_grant_gives_nothing_back() throws Exception {
    share(2);
    String generous = permission(grantId());
    ObjectNode old = eve.document("permissions", grantId());
    alice.peer().updatePermissions(bob.id(), name, 0);
    bob.awaitLeft(alice, image, 0);

    eve.collections().update("permissions", old);
    TestPeer.until(() -> !permission(grantId()).equals(generous));
    assertThat(eve.offer(bob, generous, null)).isEqualTo(403);
    bob.awaitLeft(alice, image, 0);
    assertThatThrownBy(() -> bob.view(alice, image)).isInstanceOf(RefusedException.class);
  }

  @Test
  void nobody_edits_what_another_spent() throws Exception {
    share(2);
    bob.view(alice, image);
    alice.awaitSpent(bob, image, 1);
    UseEntry less = new UseEntry(alice.id(), bob.id(), name, 0);
    UseEntry more = new UseEntry(alice.id(), bob.id(), name, 2);
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
    alice.awaitSpent(bob, image, 1);
    bob.awaitLeft(alice, image, 1);
  }

  @Test
  void entries_that_a_stranger_deletes_or_overwrites_are_published_again() throws Exception {
    share(2);
    String mine = permission(grantId());
    for (String collection : List.of("users", "catalog", "permissions")) {
      eve.collections().deleteAllDocuments(collection);
    }
    TestPeer.until(() -> permission(grantId()).equals(mine));
    TestPeer.until(() -> !eve.document("catalog", alice.id() + "|" + image).isEmpty());
    TestPeer.until(() -> !eve.document("users", alice.id().text()).isEmpty());

    eve.collections()
        .update("catalog", "{\"UUID\":\"%s|%s\",\"jws\":\"x\"}".formatted(alice.id(), image));
    TestPeer.until(() ->
        eve.document("catalog", alice.id() + "|" + image).path("jws").asString("").length() > 1);
    assertThat(bob.view(alice, image)).isEqualTo(CAT);
  }
}
