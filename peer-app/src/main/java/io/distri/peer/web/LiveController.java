package io.distri.peer.web;

import io.distri.peer.book.Changes;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Tells open pages, by server-sent events, that there is something new to fetch. */
@RestController
final class LiveController {

  /** Pages that are open at one time. */
  private static final int MOST = 16;

  /** A quiet stream says something after this, which shows whether the page is still there. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(5);

  private final Semaphore pages = new Semaphore(MOST);
  private final Changes changes;

  LiveController(Changes changes) {
    this.changes = changes;
  }

  @GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  ResponseEntity<SseEmitter> events() {
    if (!pages.tryAcquire()) {
      return ResponseEntity.status(503).build();
    }
    SseEmitter emitter = new SseEmitter(0L);
    Semaphore news = new Semaphore(0);
    Runnable stop = changes.listen(news::release);
    Thread.ofVirtual().name("live").start(() -> {
      try {
        stream(emitter, news);
      } finally {
        stop.run();
        pages.release();
      }
    });
    return ResponseEntity.ok(emitter);
  }

  private static void stream(SseEmitter emitter, Semaphore news) {
    try {
      emitter.send(SseEmitter.event().comment("here"));
      while (true) {
        if (news.tryAcquire(HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS)) {
          news.drainPermits();
          emitter.send(SseEmitter.event().name("change").data("1"));
        } else {
          emitter.send(SseEmitter.event().comment("still here"));
        }
      }
    } catch (IOException | IllegalStateException gone) {
      emitter.complete();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
