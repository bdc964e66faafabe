package io.distri.peer.catalog;

import io.distri.peer.directory.Found;
import io.distri.peer.entry.CatalogEntry;
import io.distri.peer.entry.Entry;
import io.distri.peer.entry.Signed;
import io.distri.peer.vault.PeerId;
import io.distri.peer.vault.ResourceName;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What everybody publishes, as the directory had it at the last look. Safe for many threads. */
public final class Catalog {
  private volatile Map<String, CatalogEntry> entries = Map.of();

  /** Takes over what the directory has; tells whether that is news. */
  public boolean takeIn(List<Found> images) {
    Map<String, CatalogEntry> now = new TreeMap<>();
    for (Found found : images) {
      for (Signed<Entry> signed : found.entries()) {
        signed
            .as(CatalogEntry.class)
            .ifPresent(image -> now.merge(found.uuid(), image.entry(), Catalog::later));
      }
    }
    boolean changed = !now.equals(entries);
    entries = now;
    return changed;
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
