package io.distri.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distri.peer.book.Book;
import io.distri.peer.entry.ShareKey;
import io.distri.peer.sharing.RefusedException;
import io.distri.peer.vault.Digest;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What users try on their own disks. */
class OwnEditsTest extends TwoPeers {

  @Test
  void a_user_who_winds_his_ledger_back_is_found_out() throws Exception {
    share(3);
    Path use = bob.directory().resolve("book").resolve(Digest.of(useId()) + ".json");
    bob.view(alice, image);
    byte[] once = Files.readAllBytes(use);
    bob.view(alice, image);
    alice.awaitSpent(bob, image, 2);

    bob.stop();
    Files.write(use, once);
    bob.start();
    TestPeer.until(() -> bob.findings().stream().anyMatch(finding -> finding.contains("ledger")));
    assertThat(bob.view(alice, image)).isEqualTo(CAT);
    assertThatThrownBy(() -> bob.view(alice, image)).isInstanceOf(RefusedException.class);

    bob.stop();
    Files.writeString(use, Files.readString(use).replace("\"jws\":\"e", "\"jws\":\"f"));
    bob.start();
    assertThat(bob.findings()).anyMatch(finding -> finding.contains("edited"));
    ShareKey share = new ShareKey(alice.id(), bob.id(), name);
    TestPeer.until(() -> bob.bean(Book.class).spent(share) == 3);
  }

  @Test
  void a_borrowed_file_that_was_edited_takes_no_view_and_comes_again() throws Exception {
    share(2);
    byte[] bytes = Files.readAllBytes(borrowedFile());
    bytes[bytes.length - 1] ^= 1;
    Files.write(borrowedFile(), bytes);

    assertThatThrownBy(() -> bob.view(alice, image)).hasMessageContaining("not the one");
    assertThat(bob.findings()).anyMatch(finding -> finding.contains(image));
    bob.awaitLeft(alice, image, 2);
    assertThat(bob.view(alice, image)).isEqualTo(CAT);
  }
}
