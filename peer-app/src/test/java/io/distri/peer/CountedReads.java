package io.distri.peer;

import io.distri.client.CallListener;
import io.distri.protocol.ServiceNames;
import java.util.concurrent.atomic.AtomicLong;

/** Counts how often a peer reads in the directory; a bean of the peer that is told its name. */
final class CountedReads implements CallListener {
  private final AtomicLong reads = new AtomicLong();

  @Override
  public void ended(CallReport report) {
    if (report.service().equals(ServiceNames.READ_COLLECTION)) {
      reads.incrementAndGet();
    }
  }

  long count() {
    return reads.get();
  }
}
