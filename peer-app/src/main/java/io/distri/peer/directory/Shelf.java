package io.distri.peer.directory;

import io.distri.peer.entry.CatalogEntry;
import io.distri.peer.entry.Entry;
import io.distri.peer.entry.ShareEntry;
import io.distri.peer.entry.UserEntry;

/** A collection of the directory. */
public enum Shelf {
  USERS("users"),
  CATALOG("catalog"),
  PERMISSIONS("permissions");

  private final String collection;

  Shelf(String collection) {
    this.collection = collection;
  }

  String collection() {
    return collection;
  }

  /** Where an entry belongs. */
  public static Shelf of(Entry entry) {
    return switch (entry) {
      case UserEntry user -> USERS;
      case CatalogEntry image -> CATALOG;
      case ShareEntry share -> PERMISSIONS;
    };
  }
}
