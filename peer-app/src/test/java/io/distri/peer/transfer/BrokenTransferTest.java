package io.distri.peer.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.distri.peer.Pictures;
import io.distri.peer.entry.ParcelEntry;
import io.distri.peer.entry.ShareKey;
import io.distri.peer.entry.Signatures;
import io.distri.peer.entry.Signed;
import io.distri.peer.progress.Progress;
import io.distri.peer.transfer.Arrivals.Outcome;
import io.distri.peer.vault.Digest;
import io.distri.peer.vault.Folders;
import io.distri.peer.vault.Keys;
import io.distri.peer.vault.ResourceName;
import io.distri.protocol.image.SealedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A line that breaks at a chosen byte, and what is on the disk after it. */
class BrokenTransferTest {
  private static final long MOST = 1_000_000;
  private static final Progress NOBODY = (step, share) -> {};

  private final Signatures signatures = new Signatures();
  private Folders folders;
  private Keys alice;
  private Keys bob;
  private Borrowed borrowed;
  private byte[] sealed;
  private Signed<ParcelEntry> parcel;

  @BeforeEach
  void seal(@TempDir Path directory) throws Exception {
    folders = new Folders(directory.resolve("bob"));
    alice = Keys.loadOrCreate("alice", directory.resolve("alice"));
    bob = Keys.loadOrCreate("bob", folders.root());
    borrowed = new Borrowed(folders, signatures, NOBODY);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    SealedImage.sealBare(
        new ByteArrayInputStream(Pictures.ofSize(200_000)), List.of(bob.age().recipient()), bytes);
    sealed = bytes.toByteArray();
    Path file = Files.write(directory.resolve("sealed"), sealed);
    parcel =
        signatures.sign(
            new ParcelEntry(
                alice.id(),
                bob.id(),
                ResourceName.of("cat.jpg"),
                Digest.of(file),
                sealed.length,
                1),
            alice);
  }

  @AfterEach
  void close() {
    folders.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 131_072, 199_999, 200_000})
  void a_transfer_that_breaks_at_any_byte_goes_on_there(int cut) throws Exception {
    Arrivals first = restarted();
    assertThat(first.expect(parcel)).hasValue(0L);
    assertThat(receive(first, 0, new BrokenLine(sealed, cut))).isEqualTo(Outcome.INCOMPLETE);
    assertThat(borrowed.has(share())).isFalse();

    // Killed or not: only the disk knows how far it came.
    Arrivals second = restarted();
    long here = second.expect(parcel).orElseThrow();
    assertThat(here).isEqualTo(cut);
    byte[] rest = Arrays.copyOfRange(sealed, (int) here, sealed.length);
    assertThat(receive(second, here, new ByteArrayInputStream(rest))).isEqualTo(Outcome.ARRIVED);
    assertThat(borrowed.isGenuine(share())).isTrue();
    assertThat(filesIn(folders.incoming())).isZero();
  }

  @Test
  void a_transfer_that_broke_after_its_last_byte_is_done_with_an_empty_one() throws Exception {
    Arrivals first = restarted();
    first.expect(parcel);
    receive(first, 0, new BrokenLine(sealed, sealed.length));

    Arrivals second = restarted();
    assertThat(second.expect(parcel)).hasValue((long) sealed.length);
    assertThat(receive(second, sealed.length, InputStream.nullInputStream()))
        .isEqualTo(Outcome.ARRIVED);
    assertThat(borrowed.isGenuine(share())).isTrue();
  }

  @Test
  void an_owner_who_begins_anew_after_a_break_is_told_where_to_go_on() throws Exception {
    Arrivals arrivals = restarted();
    arrivals.expect(parcel);
    receive(arrivals, 0, new BrokenLine(sealed, 1000));
    assertThat(receive(arrivals, 0, new ByteArrayInputStream(sealed)))
        .isEqualTo(Outcome.INCOMPLETE);
    assertThat(arrivals.expect(parcel)).hasValue(1000L);
  }

  @Test
  void what_a_crash_left_damaged_is_thrown_away_and_comes_whole_the_next_time() throws Exception {
    Path part = folders.incoming().resolve(parcel.entry().sha256() + ".part");
    Files.write(part, new byte[1000]);
    Arrivals arrivals = restarted();
    long here = arrivals.expect(parcel).orElseThrow();
    byte[] rest = Arrays.copyOfRange(sealed, (int) here, sealed.length);
    assertThat(receive(arrivals, here, new ByteArrayInputStream(rest))).isEqualTo(Outcome.FORGED);
    assertThat(filesIn(folders.incoming())).isZero();

    assertThat(arrivals.expect(parcel)).hasValue(0L);
    assertThat(receive(arrivals, 0, new ByteArrayInputStream(sealed))).isEqualTo(Outcome.ARRIVED);
  }

  /** As a peer that was killed and started again. */
  private Arrivals restarted() {
    return new Arrivals(folders, borrowed, bob.age(), MOST, NOBODY);
  }

  private Outcome receive(Arrivals arrivals, long from, InputStream bytes) throws IOException {
    try {
      return arrivals.receive(parcel, from, bytes);
    } catch (BrokenLine.Broken line) {
      return Outcome.INCOMPLETE;
    }
  }

  private ShareKey share() {
    return parcel.entry().share();
  }

  private static long filesIn(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.count();
    }
  }

  /** Gives so many bytes, then breaks. */
  private static final class BrokenLine extends InputStream {
    private final InputStream bytes;

    BrokenLine(byte[] all, int cut) {
      bytes = new ByteArrayInputStream(all, 0, cut);
    }

    /** The line broke. */
    static final class Broken extends IOException {}

    @Override
    public int read() throws IOException {
      int read = bytes.read();
      if (read < 0) {
        throw new Broken();
      }
      return read;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count = bytes.read(buffer, offset, length);
      if (count < 0) {
        throw new Broken();
      }
      return count;
    }
  }
}
