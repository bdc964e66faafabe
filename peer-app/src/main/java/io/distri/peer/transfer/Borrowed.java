package io.distri.peer.transfer;

import io.distri.peer.entry.ParcelEntry;
import io.distri.peer.entry.ShareKey;
import io.distri.peer.entry.Signatures;
import io.distri.peer.entry.Signed;
import io.distri.peer.progress.Progress;
import io.distri.peer.progress.Step;
import io.distri.peer.vault.Digest;
import io.distri.peer.vault.Folders;
import io.distri.protocol.DurableFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Others' images on this peer's disk, each sealed for it, with the parcel that its owner signed.
 */
public final class Borrowed {
  private final Folders folders;
  private final Signatures signatures;
  private final Progress progress;

  public Borrowed(Folders folders, Signatures signatures, Progress progress) {
    this.folders = folders;
    this.signatures = signatures;
    this.progress = progress;
  }

  /** Where the sealed image is, if it is there. */
  public Path file(ShareKey share) {
    return folders
        .borrowed()
        .resolve(share.provider().text())
        .resolve(share.resource().text() + ".age");
  }

  private Path parcelFile(ShareKey share) {
    return folders
        .borrowed()
        .resolve(share.provider().text())
        .resolve(share.resource().text() + ".parcel");
  }

  /** Whether files can be called as the image is. */
  public boolean canHold(ShareKey share) {
    return share.resource().isFileName();
  }

  /** Whether the image is there. */
  public boolean has(ShareKey share) {
    return canHold(share) && Files.isRegularFile(file(share)) && parcel(share).isPresent();
  }

  /** Whether the image is there as its owner sent it. Reads all of it. */
  public boolean isGenuine(ShareKey share) {
    try {
      Optional<Signed<ParcelEntry>> parcel = parcel(share);
      return parcel.isPresent()
          && Files.size(file(share)) == parcel.get().entry().size()
          && Digest.of(file(share)).equals(parcel.get().entry().sha256());
    } catch (IOException gone) {
      return false;
    }
  }

  private Optional<Signed<ParcelEntry>> parcel(ShareKey share) {
    try {
      return signatures
          .verify(Files.readString(parcelFile(share)), ParcelEntry.class)
          .filter(parcel -> parcel.entry().share().equals(share));
    } catch (IOException | RuntimeException none) {
      return Optional.empty();
    }
  }

  /** Takes over a file that has arrived whole. */
  void place(Signed<ParcelEntry> parcel, Path arrived) throws IOException {
    ShareKey share = parcel.entry().share();
    DurableFile.replace(parcelFile(share), parcel.jws().getBytes(StandardCharsets.US_ASCII));
    progress.reached(Step.PARCEL_PLACED, share);
    DurableFile.place(arrived, file(share));
    progress.reached(Step.IMAGE_PLACED, share);
  }

  /** Takes the image away. */
  public void remove(ShareKey share) {
    if (!canHold(share)) {
      return;
    }
    try {
      if (DurableFile.delete(file(share))) {
        progress.reached(Step.IMAGE_REMOVED, share);
      }
      DurableFile.delete(parcelFile(share));
    } catch (IOException e) {
      throw new UncheckedIOException("a borrowed image can't be deleted", e);
    }
  }
}
