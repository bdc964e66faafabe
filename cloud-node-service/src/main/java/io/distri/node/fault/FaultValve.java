package io.distri.node.fault;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/**
 * Stands before everything on both ports and lets nothing through while the node plays dead or
 * silent, but the orders to play; while it plays cut off, nothing on the internal port. Streams
 * that were open stay open.
 */
final class FaultValve extends ValveBase {
  /** Longer than nodes wait for each other, so that what is lost looks lost and not refused. */
  private static final Duration LOST = Duration.ofSeconds(10);

  private final Faults faults;
  private final int internalPort;

  FaultValve(Faults faults, int internalPort) {
    super(true);
    this.faults = faults;
    this.internalPort = internalPort;
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    if (request.getRequestURI().equals(FaultController.PATH) || passes(request)) {
      getNext().invoke(request, response);
    } else {
      response.getCoyoteResponse().action(ActionCode.CLOSE_NOW, null);
    }
  }

  private boolean passes(Request request) {
    if (faults.current(FaultMode.DEAD).isPresent()) {
      return false;
    }
    try {
      Optional<Fault> silent = faults.current(FaultMode.SILENT);
      if (silent.isPresent()) {
        faults.outlast(silent.get(), silent.get().duration());
      }
      if (request.getLocalPort() == internalPort) {
        Optional<Fault> cutOff = faults.current(FaultMode.CUT_OFF);
        if (cutOff.isPresent()) {
          faults.outlast(cutOff.get(), LOST);
          return false;
        }
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
    return true;
  }
}
