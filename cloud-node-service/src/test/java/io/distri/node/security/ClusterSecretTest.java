package io.distri.node.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distri.node.security.JoinSecret.Meeting;
import io.distri.node.security.JoinSecret.Side;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterSecretTest {
  private static final List<String> LOOPBACK = List.of("127.0.0.0/8");
  private static final Meeting MEETING =
      new Meeting("newcomer", "member", new byte[] {1}, new byte[] {2});

  @TempDir Path directory;

  @Test
  void is_made_once_however_many_start_together_and_only_its_owner_reads_it() throws Exception {
    Path file = directory.resolve("keys/secret");
    Set<String> clusters =
        IntStream.range(0, 16)
            .parallel()
            .mapToObj(i -> ClusterSecret.of(file, LOOPBACK).clusterId().orElseThrow())
            .collect(Collectors.toSet());
    assertThat(clusters).hasSize(1);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (var files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void a_proof_is_good_for_its_side_and_its_meeting_alone() {
    JoinSecret secret = secretIn("secret");
    byte[] proof = secret.prove(Side.NEWCOMER, MEETING);
    assertThat(secret.proves(proof, Side.NEWCOMER, MEETING)).isTrue();
    assertThat(secret.proves(proof, Side.MEMBER, MEETING)).isFalse();
    for (Meeting other :
        List.of(
            new Meeting("other", "member", new byte[] {1}, new byte[] {2}),
            new Meeting("newcomer", "other", new byte[] {1}, new byte[] {2}),
            new Meeting("newcomer", "member", new byte[] {3}, new byte[] {2}),
            new Meeting("newcomer", "member", new byte[] {1}, new byte[] {3}))) {
      assertThat(secret.proves(proof, Side.NEWCOMER, other)).isFalse();
    }
    assertThat(secretIn("another").proves(proof, Side.NEWCOMER, MEETING)).isFalse();
  }

  @Test
  void without_a_file_nothing_is_proven_and_no_address_is_good() {
    ClusterSecret none = ClusterSecret.of(null, LOOPBACK);
    assertThat(none.goodFrom("127.0.0.1")).isFalse();
    assertThat(none.secret()).isEmpty();
    assertThat(none.clusterId()).isEmpty();
  }

  @Test
  void a_secret_that_could_be_guessed_is_refused() throws Exception {
    Path file = Files.writeString(directory.resolve("short"), "hunter2\n");
    assertThatThrownBy(() -> ClusterSecret.of(file, LOOPBACK))
        .hasMessageContaining("secret-file")
        .hasMessageNotContaining("hunter2");
  }

  private JoinSecret secretIn(String file) {
    return ClusterSecret.of(directory.resolve(file), LOOPBACK).secret().orElseThrow();
  }
}
