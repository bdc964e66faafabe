package io.distri.node.sync;

import io.distri.node.membership.FailureDetector;
import io.distri.node.membership.MemberTable;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what the failure detector asks for: tells a few members every second that this node lives,
 * and asks others about one that does not answer. Ends the waits of writes that too few can take.
 * Runs in a thread of its own until that is interrupted.
 */
final class Heartbeat implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(Heartbeat.class);

  private final FailureDetector detector;
  private final MemberTable members;
  private final Links links;
  private final AckBoard board;
  private final Exchange exchange;

  Heartbeat(
      FailureDetector detector,
      MemberTable members,
      Links links,
      AckBoard board,
      Exchange exchange) {
    this.detector = detector;
    this.members = members;
    this.links = links;
    this.board = board;
    this.exchange = exchange;
  }

  @Override
  public void run() {
    try {
      while (true) {
        detector.tick().forEach(this::act);
        board.lookAgain();
        TimeUnit.NANOSECONDS.sleep(FailureDetector.TICK.toNanos());
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void act(FailureDetector.Action action) {
    switch (action) {
      case FailureDetector.Tell tell -> links.wake(tell.id());
      case FailureDetector.AskAbout question ->
          Thread.ofVirtual().name("probe").start(() -> ask(question));
    }
  }

  private void ask(FailureDetector.AskAbout question) {
    members
        .member(question.helper())
        .ifPresent(helper -> {
          try {
            if (exchange.reaches(helper, question.id())) {
              members.reached(question.id());
            }
          } catch (IOException silent) {
            log.debug("{} was not reached either: {}", helper.address(), silent.getMessage());
          } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
          }
        });
  }
}
