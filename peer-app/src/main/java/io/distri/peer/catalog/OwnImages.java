package io.distri.peer.catalog;

import io.distri.peer.vault.Folders;
import io.distri.peer.vault.ResourceName;
import io.distri.protocol.DurableFile;
import io.distri.protocol.image.ImageType;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The images in the person's own folder, put there by this program or by hand. */
public final class OwnImages {
  private static final int BUFFER = 64 * 1024;

  /** Of the times that a disk may have, the latest that an entry can: 285,000 years from now. */
  private static final long LATEST = 1L << 53;

  private final Folders folders;
  private final long maxBytes;

  /**
   * @param maxBytes largest image
   */
  public OwnImages(Folders folders, long maxBytes) {
    this.folders = folders;
    this.maxBytes = maxBytes;
  }

  /** An image in the folder. */
  public record OwnImage(ResourceName name, Path file, long size, long modified, ImageType type) {}

  /** What is in the folder and can be shared, in the order of names. */
  public List<OwnImage> all() {
    List<OwnImage> images = new ArrayList<>();
    try (Stream<Path> files = Files.list(folders.owned())) {
      files.sorted().forEach(file -> at(file).ifPresent(images::add));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return images;
  }

  /** One image; empty where there is none of that name. */
  public Optional<OwnImage> find(ResourceName name) {
    return name.isFileName() ? at(folders.owned().resolve(name.text())) : Optional.empty();
  }

  /**
   * Whether an image was taken away. Where the folder itself is not there, or files can't have that
   * name, nobody knows.
   */
  public boolean isGone(ResourceName name) {
    return name.isFileName()
        && Files.isDirectory(folders.owned())
        && Files.notExists(folders.owned().resolve(name.text()), LinkOption.NOFOLLOW_LINKS);
  }

  /** A file that is no link: what a link leads to was never put into this folder. */
  private Optional<OwnImage> at(Path file) {
    try {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > maxBytes) {
        return Optional.empty();
      }
      ResourceName name = new ResourceName(String.valueOf(file.getFileName()));
      Optional<ImageType> type = ImageType.sniff(head(file));
      long modified = Math.clamp(Files.getLastModifiedTime(file).toMillis(), 0L, LATEST);
      long size = Files.size(file);
      return type.map(known -> new OwnImage(name, file, size, modified, known));
    } catch (IOException | IllegalArgumentException goneOrUnfit) {
      return Optional.empty();
    }
  }

  private static byte[] head(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(ImageType.HEAD_BYTES);
    }
  }

  /**
   * Puts an image into the folder, in place of one of the same name.
   *
   * @throws IllegalArgumentException where it is no image or too large, with a message for people
   */
  public void add(ResourceName name, InputStream content) throws IOException {
    Path beside = Files.createTempFile(folders.incoming(), Folders.UPLOAD, ".part");
    try {
      try (OutputStream out = Files.newOutputStream(beside)) {
        copy(content, out);
      }
      if (ImageType.sniff(head(beside)).isEmpty()) {
        throw new IllegalArgumentException(
            "that is no PNG, JPEG, GIF, WebP, BMP, AVIF, HEIC or TIFF image");
      }
      DurableFile.place(beside, folders.owned().resolve(name.text()));
    } finally {
      Files.deleteIfExists(beside);
    }
  }

  private void copy(InputStream content, OutputStream out) throws IOException {
    byte[] buffer = new byte[BUFFER];
    long size = 0;
    for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
      size += n;
      if (size > maxBytes) {
        throw new IllegalArgumentException(
            "the image has more than " + maxBytes / 1_000_000 + " MB");
      }
      out.write(buffer, 0, n);
    }
  }

  /** Takes an image out of the folder. */
  public void delete(ResourceName name) throws IOException {
    DurableFile.delete(folders.owned().resolve(name.text()));
    DurableFile.delete(sealed(name));
  }

  /** Where the image's copy is that is sealed for its owner. */
  public Path sealed(ResourceName name) {
    return folders.encrypted().resolve(name.text() + ".age");
  }
}
