package io.distri.node.fault;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Optional;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/**
 * Stands before everything on both ports and lets nothing through while the node plays dead or
 * silent, but the orders to play. Streams that were open stay open.
 */
final class FaultValve extends ValveBase {
  private final Faults faults;

  FaultValve(Faults faults) {
    super(true);
    this.faults = faults;
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    Optional<Fault> fault =
        request.getRequestURI().equals(FaultController.PATH) ? Optional.empty() : faults.current();
    if (fault.isPresent() && fault.get().mode() == FaultMode.DEAD) {
      response.getCoyoteResponse().action(ActionCode.CLOSE_NOW, null);
      return;
    }
    if (fault.isPresent() && fault.get().mode() == FaultMode.SILENT) {
      try {
        faults.outlast(fault.get(), fault.get().duration());
      } catch (InterruptedException stopping) {
        Thread.currentThread().interrupt();
      }
    }
    getNext().invoke(request, response);
  }
}
