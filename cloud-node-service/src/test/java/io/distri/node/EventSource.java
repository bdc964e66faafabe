package io.distri.node;

import io.distri.protocol.HostPort;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A browser's {@code EventSource}, by the rules of the standard (WHATWG HTML, 9.2): it connects
 * again after the end of a stream and after a network error, and anything but 200 with {@code
 * text/event-stream} closes it for good. Like the one on npm, and unlike a browser, it forgets ids
 * that come without data.
 */
final class EventSource implements AutoCloseable {

  /** An event as a page gets it. */
  record Message(String type, String data) {}

  private final HttpClient http = HttpClient.newHttpClient();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<Message> messages = new CopyOnWriteArrayList<>();
  private final URI uri;
  private volatile String lastEventId = "";
  private final AtomicInteger comments = new AtomicInteger();
  private final AtomicInteger opened = new AtomicInteger();
  private long retryMs = 3000;

  EventSource(HostPort node, String path) {
    uri = URI.create("http://" + node + path);
    Thread.ofVirtual().start(this::listenOnAndOn);
  }

  List<Message> messages() {
    return messages;
  }

  String lastEventId() {
    return lastEventId;
  }

  int comments() {
    return comments.get();
  }

  /** How often a stream began. */
  int opened() {
    return opened.get();
  }

  boolean isClosed() {
    return closed.getCount() == 0;
  }

  private void listenOnAndOn() {
    try {
      do {
        listen();
      } while (!closed.await(retryMs, TimeUnit.MILLISECONDS));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void listen() throws InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("Accept", "text/event-stream");
    if (!lastEventId.isEmpty()) {
      request.header("Last-Event-ID", lastEventId);
    }
    try {
      HttpResponse<InputStream> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      String type = response.headers().firstValue("Content-Type").orElse("");
      if (response.statusCode() != 200 || !type.startsWith("text/event-stream")) {
        closed.countDown();
        return;
      }
      opened.incrementAndGet();
      read(new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8)));
    } catch (IOException networkError) {
      // It connects again.
    }
  }

  private void read(BufferedReader stream) throws IOException {
    String type = "message";
    String id = lastEventId;
    StringBuilder data = new StringBuilder();
    try (stream) {
      for (String line = stream.readLine(); line != null && !isClosed(); line = stream.readLine()) {
        int colon = line.indexOf(':');
        String field = colon < 0 ? line : line.substring(0, colon);
        String value = colon < 0 ? "" : line.substring(colon + 1).replaceFirst("^ ", "");
        if (line.isEmpty()) {
          if (!data.isEmpty()) {
            lastEventId = id;
            take(new Message(type, data.substring(0, data.length() - 1)));
          }
          data.setLength(0);
          type = "message";
        } else if (colon == 0) {
          comments.incrementAndGet();
        } else if (field.equals("data")) {
          data.append(value).append('\n');
        } else if (field.equals("event")) {
          type = value;
        } else if (field.equals("id")) {
          id = value;
        } else if (field.equals("retry")) {
          retryMs = Long.parseLong(value);
        }
      }
    }
  }

  /** Pages don't listen to heartbeats. */
  private void take(Message message) {
    if (!message.type().equals("heartbeat")) {
      messages.add(message);
    }
  }

  @Override
  public void close() {
    closed.countDown();
    http.shutdownNow();
  }
}
