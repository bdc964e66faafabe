package io.distri.peer.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import io.distri.peer.book.Book;
import io.distri.peer.book.Changes;
import io.distri.peer.book.Findings;
import io.distri.peer.catalog.OwnImages;
import io.distri.peer.entry.Entry;
import io.distri.peer.entry.GrantEntry;
import io.distri.peer.entry.GrantEntry.Answer;
import io.distri.peer.entry.Signatures;
import io.distri.peer.entry.Signed;
import io.distri.peer.entry.UseEntry;
import io.distri.peer.progress.Progress;
import io.distri.peer.vault.Folders;
import io.distri.peer.vault.Keys;
import io.distri.peer.vault.ResourceName;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an owner makes of a user's counts. */
class WitnessTest {
  private static final ResourceName CAT = ResourceName.of("cat.jpg");
  private static final Progress NOBODY = (step, share) -> {};

  private final Signatures signatures = new Signatures();
  private final Findings findings = new Findings(new Changes());
  private Folders folders;
  private Keys alice;
  private Keys bob;
  private Book book;
  private Witness witness;

  @BeforeEach
  void open(@TempDir Path directory) {
    folders = new Folders(directory);
    alice = Keys.loadOrCreate("alice", directory);
    bob = Keys.loadOrCreate("bob", directory.resolve("bob"));
    book = new Book(folders.book(), alice.id(), signatures);
    book.accept(
        signatures.sign(new GrantEntry(alice.id(), bob.id(), CAT, 9, 1, 1, Answer.GIVEN), alice));
    Requests requests =
        new Requests(alice, signatures, book, new OwnImages(folders, 1), Clock.systemUTC(), NOBODY);
    witness = new Witness(alice.id(), book, requests, findings, NOBODY);
  }

  @AfterEach
  void close() {
    folders.close();
  }

  @Test
  void an_older_count_that_comes_late_or_once_more_counts_for_nothing_and_blames_nobody() {
    Signed<Entry> one = used(1);
    Signed<Entry> two = used(2);
    assertThat(witness.takeIn(two)).isTrue();
    assertThat(witness.takeIn(one)).isFalse();
    assertThat(witness.takeIn(two)).isFalse();
    assertThat(findings.all()).isEmpty();
    assertThat(book.find(two.entry().uuid(), UseEntry.class).orElseThrow().entry().spent())
        .isEqualTo(2);
  }

  @Test
  void who_signs_twice_for_one_count_is_found_out() {
    witness.takeIn(used(2));
    witness.takeIn(used(2));
    assertThat(findings.all()).singleElement().asString().contains("bob has signed twice");
  }

  private Signed<Entry> used(long spent) {
    Signed<UseEntry> use = signatures.sign(new UseEntry(alice.id(), bob.id(), CAT, spent), bob);
    return new Signed<>(use.entry(), use.jws(), use.keyId());
  }
}
