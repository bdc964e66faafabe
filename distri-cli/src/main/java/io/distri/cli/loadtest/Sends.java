package io.distri.cli.loadtest;

import io.distri.client.CallListener;
import java.util.concurrent.atomic.LongAdder;

/** Counts the requests that a client sends, repeated tries included. */
final class Sends implements CallListener {

  private final LongAdder count = new LongAdder();

  @Override
  public void ended(CallReport report) {
    count.add(report.attempts());
  }

  long count() {
    return count.sum();
  }
}
