package io.distri.peer.book;

import io.distri.peer.entry.Entry;
import io.distri.peer.entry.Signed;

/**
 * An entry in the book.
 *
 * @param withdrawn whether it is to be in the directory no more
 * @param told whether the peer whom it is meant for has it
 */
public record Held<E extends Entry>(Signed<E> signed, boolean withdrawn, boolean told) {

  public E entry() {
    return signed.entry();
  }
}
