package io.distri.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.distri.cli.Cli.Result;
import io.distri.cli.local.LocalPeer;
import io.distri.cli.local.SampleImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What two peers do with each other as processes, and at the terminal. */
@Tag("processes")
class PeerProcessTest extends PeerProcesses {

  /** Bytes. */
  private static final long HEAP = 256L << 20;

  @Test
  void images_of_80_kilobytes_3_and_40_megabytes_arrive_byte_for_byte_with_little_memory()
      throws Exception {
    for (int size : new int[] {80_000, 3_000_000, 40_000_000}) {
      String name = size + ".jpg";
      byte[] image = publish(name, size);
      tell(bob, "request", alice, name, 1);
      await(() -> lists(alice, "inbox", name));
      tell(alice, "grant", bob, name, 1);
      await(() -> share(bob, "available", name).path("here").asBoolean());
      assertThat(view(name)).isEqualTo(image);
    }
    for (String peer : List.of("alice", "bob")) {
      long peak = HeapPeak.of(peer);
      System.out.printf("peak of %s's heap: %d MB%n", peer, peak >> 20);
      assertThat(peak).as(peer).isLessThan(HEAP);
    }
  }

  @Test
  void the_terminal_does_what_the_page_does() throws Exception {
    Cli cli = new Cli(directory);
    Path photo = Files.write(directory.resolve("photo.jpg"), SampleImage.bytes());
    Path seen = directory.resolve("seen.jpg");
    assertThat(say(cli, alice, "add " + photo)).contains("Published photo.jpg.");
    await(() -> say(cli, bob, "list").contains("photo.jpg"));
    assertThat(say(cli, bob, "request " + alice.name() + " photo.jpg 2"))
        .contains("Asked " + alice.name() + " for 2 views");
    await(() -> say(cli, alice, "list").contains("Requests to you"));
    say(cli, alice, "grant " + bob.name() + " photo.jpg 1");
    await(() -> share(bob, "available", "photo.jpg").path("here").asBoolean());
    assertThat(say(cli, bob, "view " + alice.name() + " photo.jpg --out " + seen))
        .contains("0 views left");
    assertThat(seen).hasBinaryContent(SampleImage.bytes());

    Path again = directory.resolve("again.jpg");
    Result refused = cli.run(words(bob, "view " + alice.name() + " photo.jpg --out " + again));
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).contains("no views of this image left");
    assertThat(again).doesNotExist();
    say(cli, alice, "change " + bob.name() + " photo.jpg 3");
    await(() -> share(bob, "available", "photo.jpg").path("left").asLong() == 3);
    say(cli, alice, "change " + bob.name() + " photo.jpg 0");
    await(() -> share(bob, "available", "photo.jpg").path("left").asLong() == 0);
    say(cli, bob, "request " + alice.name() + " photo.jpg 1");
    await(() -> say(cli, alice, "list").contains("Requests to you"));
    say(cli, alice, "deny " + bob.name() + " photo.jpg");
    await(() -> !lists(bob, "pending", "photo.jpg"));
    say(cli, alice, "delete photo.jpg");
    assertThat(cli.run("peer", "--identifier", "nobody", "list").err()).contains("No peer runs");
  }

  private static String[] words(LocalPeer peer, String line) {
    return ("peer --identifier " + peer.name() + " " + line).split(" ");
  }

  private static String say(Cli cli, LocalPeer peer, String line) {
    Result result = cli.run(words(peer, line));
    assertThat(result.code()).as(line + ": " + result.err()).isZero();
    return result.out();
  }
}
