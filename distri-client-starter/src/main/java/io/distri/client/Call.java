package io.distri.client;

import io.distri.protocol.Headers;
import io.distri.protocol.ServiceNames;
import io.distri.protocol.WorkClass;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.hc.core5.net.PercentCodec;

/**
 * A request made ready to be sent: what it is called on the wire, and what its nature allows.
 *
 * @param repeatable whether it may be sent again after an unclear try
 * @param readsOnly whether it leaves nothing changed, so that nobody needs to know if it ran
 * @param allowed time from the call to its deadline
 */
record Call(
    String service,
    boolean repeatable,
    boolean readsOnly,
    Message message,
    Duration allowed,
    Deadline deadline) {

  private static final Set<String> READERS =
      Set.of(ServiceNames.STATS, ServiceNames.ENCRYPT, ServiceNames.READ_COLLECTION);

  /** Reads a request whose write has its identity by now. */
  static Call of(DistriRequest request, Duration allowed, Deadline deadline) {
    String service = request.service();
    boolean readsOnly = READERS.contains(service);
    boolean repeatable =
        request.idempotent().orElse(readsOnly || ServiceNames.DB.contains(service));
    Message message = new Message("POST", target(request), request.headers(), request.body());
    return new Call(service, repeatable, readsOnly, message, allowed, deadline);
  }

  private static String target(DistriRequest request) {
    StringBuilder target = new StringBuilder("/services/");
    PercentCodec.RFC3986.encode(target, request.service());
    int path = target.length();
    request.params().forEach(param -> parameter(target, "param", param));
    request.options().forEach((name, value) -> parameter(target, name, value));
    if (target.length() > path) {
      target.setCharAt(path, '?');
    }
    return target.toString();
  }

  private static void parameter(StringBuilder target, String name, String value) {
    PercentCodec.RFC3986.encode(target.append('&'), name);
    PercentCodec.RFC3986.encode(target.append('='), value);
  }

  /** The same with more headers. */
  Call with(Map<String, String> headers) {
    return headers.isEmpty()
        ? this
        : new Call(service, repeatable, readsOnly, message.with(headers), allowed, deadline);
  }

  WorkClass workClass() {
    return WorkClass.of(service);
  }

  /** Whether the session goes with it. */
  boolean isDb() {
    return ServiceNames.DB.contains(service);
  }

  /** What goes over the wire for one try. */
  Message message(Duration timeout, String session) {
    Map<String, String> headers = new HashMap<>();
    headers.put(Headers.DEADLINE_MS, Long.toString(Math.max(1, timeout.toMillis())));
    if (!session.isEmpty()) {
      headers.put(Headers.SESSION, session);
    }
    return message.with(headers);
  }
}
