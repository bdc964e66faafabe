package io.distri.peer.catalog;

import io.distri.peer.directory.Found;
import io.distri.peer.entry.CatalogEntry;
import io.distri.peer.entry.Signed;
import io.distri.peer.vault.PeerId;
import io.distri.peer.vault.ResourceName;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What everybody publishes, as far as the directory has told. Safe for many threads. */
public final class Catalog {
  private final Map<String, CatalogEntry> entries = new ConcurrentHashMap<>();

  /** Takes over what a document of the directory says; tells whether that is news. */
  public boolean takeIn(Found found) {
    Optional<CatalogEntry> image = image(found);
    return image.isPresent()
        ? !image.get().equals(entries.put(found.uuid(), image.get()))
        : remove(found.uuid());
  }

  /** Whether a document says what is known already. */
  public boolean knows(Found found) {
    return image(found).equals(Optional.ofNullable(entries.get(found.uuid())));
  }

  /** A document is no more; tells whether that is news. */
  public boolean remove(String uuid) {
    return entries.remove(uuid) != null;
  }

  /** Of the documents that are known. */
  public Set<String> uuids() {
    return Set.copyOf(entries.keySet());
  }

  private static Optional<CatalogEntry> image(Found found) {
    return found.entries().stream()
        .flatMap(signed -> signed.as(CatalogEntry.class).stream())
        .map(Signed::entry)
        .reduce(Catalog::later);
  }

  private static CatalogEntry later(CatalogEntry one, CatalogEntry other) {
    return one.revision() >= other.revision() ? one : other;
  }

  /** A page of it, in the order of names. */
  public List<CatalogEntry> page(int page, int size) {
    return entries.values().stream()
        .sorted(
            Comparator.comparing((CatalogEntry image) -> image.name())
                .thenComparing(CatalogEntry::owner))
        .skip((long) page * size)
        .limit(size)
        .toList();
  }

  public int size() {
    return entries.size();
  }

  public Optional<CatalogEntry> find(PeerId owner, ResourceName name) {
    return Optional.ofNullable(entries.get(owner + "|" + name));
  }

  /** The thumbnail of an image, a PNG; empty where there is none, or none that is harmless. */
  public Optional<byte[]> thumbnail(PeerId owner, ResourceName name) {
    return find(owner, name)
        .flatMap(image -> {
          try {
            byte[] png = Base64.getDecoder().decode(image.thumbnail());
            return Preview.isThumbnail(png) ? Optional.of(png) : Optional.empty();
          } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
          }
        });
  }
}
