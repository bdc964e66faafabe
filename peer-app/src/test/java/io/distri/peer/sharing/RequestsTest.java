package io.distri.peer.sharing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distri.peer.book.Book;
import io.distri.peer.catalog.OwnImages;
import io.distri.peer.entry.RequestEntry;
import io.distri.peer.entry.Signatures;
import io.distri.peer.entry.Signed;
import io.distri.peer.vault.Folders;
import io.distri.peer.vault.Keys;
import io.distri.peer.vault.ResourceName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which requests a peer takes in. */
class RequestsTest {
  private static final Instant NOW = Instant.ofEpochMilli(1_000_000_000_000L);

  private final Signatures signatures = new Signatures();
  private Folders folders;
  private Keys alice;
  private Keys eve;
  private Requests requests;

  @BeforeEach
  void open(@TempDir Path directory) {
    folders = new Folders(directory);
    alice = Keys.loadOrCreate("alice", directory);
    eve = Keys.loadOrCreate("eve", directory.resolve("eve"));
    requests =
        new Requests(
            alice,
            signatures,
            new Book(folders.book(), alice.id(), signatures),
            new OwnImages(folders, 1000),
            Clock.fixed(NOW, ZoneOffset.UTC),
            (step, share) -> {});
  }

  @AfterEach
  void close() {
    folders.close();
  }

  @Test
  void of_a_flood_no_more_than_a_hundred_wait_for_an_answer() throws Exception {
    for (int i = 0; i < 100; i++) {
      assertThat(requests.takeIn(request("i" + i + ".jpg", NOW.toEpochMilli()))).isTrue();
    }
    Signed<RequestEntry> oneMore = request("more.jpg", NOW.toEpochMilli());
    assertThatThrownBy(() -> requests.takeIn(oneMore)).hasMessageContaining("Too many");
  }

  @Test
  void a_request_from_the_future_would_outlive_all_later_ones_and_is_refused() throws Exception {
    Signed<RequestEntry> future = request("cat.jpg", NOW.toEpochMilli() + 86_400_001);
    assertThatThrownBy(() -> requests.takeIn(future)).hasMessageContaining("future");
  }

  private Signed<RequestEntry> request(String image, long asked) throws IOException {
    Files.write(folders.owned().resolve(image), new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF});
    return signatures.sign(
        new RequestEntry(alice.id(), eve.id(), ResourceName.of(image), 1, asked), eve);
  }
}
