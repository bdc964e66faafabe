package io.distri.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.distri.client.DistriCollections;
import io.distri.client.DocumentQuery;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What peers do without the cloud, and once it is back. */
class CloudAwayTest {
  private static final byte[] CAT = Pictures.landscape(1);

  @Test
  void views_go_on_without_the_cloud_and_are_reported_to_one_that_has_forgotten_everything(
      @TempDir Path directory) throws Exception {
    try (TestCloud cloud = new TestCloud(directory, 1);
        TestPeer alice = new TestPeer("alice", directory, cloud.nodes());
        TestPeer bob = new TestPeer("bob", directory, cloud.nodes())) {
      alice.add("cat.jpg", CAT);
      bob.request(alice, "cat.jpg", 3);
      alice.grant(bob, "cat.jpg", 3);
      bob.awaitLeft(alice, "cat.jpg", 3);

      cloud.stop();
      assertThat(bob.view(alice, "cat.jpg")).isEqualTo(CAT);
      TestPeer.until(() -> !bob.peer().online());
      alice.stop();
      assertThat(bob.view(alice, "cat.jpg")).isEqualTo(CAT);
      assertThat(bob.given(alice, "cat.jpg").orElseThrow().left()).isEqualTo(1);

      cloud.start();
      TestPeer.until(() -> bob.peer().online());
      TestPeer.until(() -> permissions(bob).contains("\"spent\":2"));
      alice.start();
      alice.awaitSpent(bob, "cat.jpg", 2);
      TestPeer.until(() -> permissions(alice).contains("\"type\":\"grant\""));
      TestPeer.until(() -> bob.sees(alice, "cat.jpg"));
    }
  }

  private static String permissions(TestPeer peer) {
    return peer.bean(DistriCollections.class).read("permissions", DocumentQuery.all()).toString();
  }
}
