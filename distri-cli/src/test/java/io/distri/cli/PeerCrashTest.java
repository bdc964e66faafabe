package io.distri.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.distri.cli.local.LocalPeer;
import io.distri.cli.terminal.Failure;
import io.distri.peer.progress.Step;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code kill -9} of the owner, the user or a node while one of the peers is at a named step of a
 * grant or a view. A few by default; {@code -Dpeer.crashes=all} for every one at every step, or
 * some steps: {@code -Dpeer.crashes=SEALED,VIEW_SPENT}.
 */
@Tag("processes")
@Tag("volume")
class PeerCrashTest extends PeerProcesses {

  /** Views that are granted. */
  private static final int VIEWS = 2;

  /** Several pieces on the wire. */
  private static final int SIZE = 300_000;

  /** Who is killed. */
  enum Victim {
    OWNER,
    USER,
    NODE
  }

  static Stream<Arguments> crashes() {
    String wanted = System.getProperty("peer.crashes", "");
    if (wanted.isEmpty()) {
      return Stream.of(
          Arguments.of(Step.SEALED, Victim.NODE),
          Arguments.of(Step.DELIVERY_NOTED, Victim.OWNER),
          Arguments.of(Step.VIEW_SPENT, Victim.USER));
    }
    Stream<Step> steps =
        wanted.equals("all")
            ? Arrays.stream(Step.values())
            : Arrays.stream(wanted.split(",")).map(Step::valueOf);
    return steps.flatMap(
        step -> Arrays.stream(Victim.values()).map(victim -> Arguments.of(step, victim)));
  }

  @ParameterizedTest
  @MethodSource("crashes")
  void no_grant_is_lost_and_no_view_is_won(Step step, Victim victim) throws Exception {
    String name = (step + "-" + victim).toLowerCase(Locale.ROOT) + ".jpg";
    byte[] image = publish(name, SIZE);
    Files.createFile(StepGate.armed(directory, step, name));
    int shown;
    try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Integer> views = people.submit(() -> shareAndSee(name, image));
      await(() -> Files.exists(StepGate.held(directory)));
      kill(victim);
      Files.delete(StepGate.held(directory));
      shown = views.get();
    }
    revive(victim);
    alice.awaitUp(message -> {});
    bob.awaitUp(message -> {});

    // The view was spent, and the answer that carried the image was not over.
    boolean mayCostAView =
        victim == Victim.USER && (step.name().startsWith("VIEW_") || step == Step.IMAGE_REMOVED);
    assertThat(shown).isBetween(mayCostAView ? VIEWS - 1 : VIEWS, VIEWS);
    await(() -> isSpent(alice, "shared", name) && isSpent(bob, "available", name));
    await(() -> !lists(bob, "pending", name) && !lists(alice, "inbox", name));
    await(() -> files(bob, "resources/borrowed").isEmpty() && files(bob, "transfer").isEmpty());
    await(() -> files(alice, "transfer").isEmpty());
    for (LocalPeer peer : new LocalPeer[] {alice, bob}) {
      // A running peer writes such files all the time; none of them stays.
      await(() -> files(peer, ".").stream().map(Path::toString).noneMatch(f -> f.endsWith(".new")));
      assertThat(peer.endpoint().state().path("findings")).isEmpty();
    }
  }

  /** What two people do who try again where a peer does not answer. Returns the views that came. */
  private static int shareAndSee(String name, byte[] image) {
    again(() -> {
      tell(bob, "request", alice, name, VIEWS);
      return true;
    });
    again(() -> {
      await(() -> lists(alice, "inbox", name) || lists(alice, "shared", name));
      tell(alice, "grant", bob, name, VIEWS);
      return true;
    });
    int shown = 0;
    while (again(() -> left(name)) > 0) {
      try {
        shown += Arrays.equals(view(name), image) ? 1 : 0;
      } catch (Failure brokenOff) {
        assertThat(brokenOff).hasMessageNotContaining("no views");
      }
    }
    return shown;
  }

  /** Views that are left once the image is here, or none is. */
  private static long left(String name) {
    await(() -> {
      var share = share(bob, "available", name);
      return share.path("here").asBoolean() || share.path("spent").asLong() == VIEWS;
    });
    return share(bob, "available", name).path("left").asLong();
  }

  private static <T> T again(Callable<T> deed) {
    Object[] done = new Object[1];
    await(() -> {
      try {
        done[0] = deed.call();
        return true;
      } catch (Failure notUp) {
        return false;
      }
    });
    @SuppressWarnings("unchecked")
    T result = (T) done[0];
    return result;
  }

  private static boolean isSpent(LocalPeer peer, String list, String name) {
    var share = share(peer, list, name);
    return share.path("grant").path("views").asLong() == VIEWS
        && share.path("spent").asLong() == VIEWS
        && share.path("left").asLong() == 0;
  }

  /** Ends it; a peer comes back at once, and a node when all is over. */
  private static void kill(Victim victim) {
    switch (victim) {
      case OWNER -> restart(alice);
      case USER -> restart(bob);
      case NODE -> cluster.kill(0);
    }
  }

  private static void restart(LocalPeer peer) {
    peer.kill();
    peer.revive();
  }

  private static void revive(Victim victim) {
    if (victim == Victim.NODE) {
      cluster.revive(0);
      cluster.awaitAllUp();
    }
  }
}
