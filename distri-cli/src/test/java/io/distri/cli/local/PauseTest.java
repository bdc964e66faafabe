package io.distri.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.distri.cli.terminal.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(value = OS.LINUX, disabledReason = "what a process does is read from /proc")
class PauseTest {

  @Test
  void a_process_is_stopped_until_the_pause_ends_and_may_be_killed_before() throws Exception {
    Process sleeper = new ProcessBuilder("sleep", "600").start();
    try {
      Pause first = Pause.of(sleeper.pid());
      await().until(() -> isStopped(sleeper));
      first.close();
      await().until(() -> !isStopped(sleeper));

      Pause second = Pause.of(sleeper.pid());
      sleeper.destroyForcibly().waitFor();
      second.close();
      assertThat(sleeper.isAlive()).isFalse();
    } finally {
      sleeper.destroyForcibly();
    }
  }

  @Test
  void a_process_that_is_gone_can_not_be_stopped() throws Exception {
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();

    assertThatThrownBy(() -> Pause.of(gone.pid())).isInstanceOf(Failure.class);
  }

  private static boolean isStopped(Process process) throws IOException {
    return Files.readString(Path.of("/proc/" + process.pid() + "/stat")).contains(") T ");
  }
}
