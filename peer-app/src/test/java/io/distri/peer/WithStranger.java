package io.distri.peer;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Tests with alice, bob, and eve, who keeps to no rules. */
abstract class WithStranger extends TwoPeers {
  static Stranger eve;

  @BeforeAll
  static void meetEve() {
    eve = new Stranger("eve", directory, cloud.nodes());
    eve.register(TestCloud.freeAddress());
  }

  @AfterAll
  static void loseEve() {
    eve.close();
  }

  /** What the directory holds under a UUID of the permissions. */
  String permission(String uuid) {
    return eve.document("permissions", uuid).path("jws").asString("");
  }

  @Override
  void share(int views) throws Exception {
    super.share(views);
    TestPeer.until(() -> !permission(grantId()).isEmpty());
  }
}
