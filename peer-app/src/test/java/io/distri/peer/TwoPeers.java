package io.distri.peer;

import io.distri.peer.directory.Contacts;
import io.distri.peer.entry.GrantEntry;
import io.distri.peer.entry.ShareKey;
import io.distri.peer.entry.UseEntry;
import io.distri.peer.vault.ResourceName;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests with alice and bob, who stay for all tests of a class: each test has an image of its own.
 */
abstract class TwoPeers {
  static final byte[] CAT = Pictures.landscape(1);

  private static final AtomicInteger TESTS = new AtomicInteger();

  @TempDir static Path directory;

  static TestCloud cloud;
  static TestPeer alice;
  static TestPeer bob;

  /** The name of this test's image, {@link #CAT}. */
  final String image = "cat-" + TESTS.incrementAndGet() + ".jpg";

  final ResourceName name = ResourceName.of(image);

  @BeforeAll
  static void startPeers() {
    cloud = TestCloud.shared();
    cloud.clear();
    // One after the other: two programs in one JVM share Logback, which starts for one at a time.
    alice = peer("alice");
    bob = peer("bob");
    TestPeer.until(() -> knows(alice, bob) && knows(bob, alice));
  }

  @AfterAll
  static void stopPeers() {
    alice.close();
    bob.close();
  }

  static TestPeer peer(String name) {
    return new TestPeer(name, directory, cloud.nodes());
  }

  static boolean knows(TestPeer one, TestPeer other) {
    return one.bean(Contacts.class).find(other.id()).isPresent();
  }

  /** Has bob be given so many views of this test's image. */
  void share(int views) throws Exception {
    alice.add(image, CAT);
    bob.request(alice, image, views);
    alice.grant(bob, image, views);
    bob.awaitLeft(alice, image, views);
  }

  ShareKey share() {
    return new ShareKey(alice.id(), bob.id(), name);
  }

  String grantId() {
    return new GrantEntry(alice.id(), bob.id(), name, 1, 1, 1, GrantEntry.Answer.GIVEN).uuid();
  }

  String useId() {
    return new UseEntry(alice.id(), bob.id(), name, 1).uuid();
  }

  /** Where bob keeps this test's image. */
  Path borrowedFile() {
    return bob.directory()
        .resolve("resources/borrowed")
        .resolve(alice.id().text())
        .resolve(image + ".age");
  }

  Path parcelFile() {
    return borrowedFile().resolveSibling(image + ".parcel");
  }
}
