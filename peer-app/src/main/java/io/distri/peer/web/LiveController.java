package io.distri.peer.web;

import io.distri.peer.book.Changes;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Tells open pages, by server-sent events, that there is something new to fetch. */
@RestController
final class LiveController implements SmartLifecycle {

  /** Pages that are open at one time. */
  private static final int MOST = 16;

  /** A quiet stream says something after this, which shows whether the page is still there. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(5);

  private final Semaphore pages = new Semaphore(MOST);
  private final Changes changes;
  private final Set<Thread> streams = ConcurrentHashMap.newKeySet();
  private volatile boolean running;

  LiveController(Changes changes) {
    this.changes = changes;
  }

  @GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  ResponseEntity<SseEmitter> events(HttpMethod method) {
    ResponseEntity.BodyBuilder answer =
        ResponseEntity.ok()
            .contentType(MediaType.TEXT_EVENT_STREAM)
            .header("X-Accel-Buffering", "no");
    if (method.equals(HttpMethod.HEAD)) {
      return answer.build();
    }
    if (!pages.tryAcquire()) {
      return ResponseEntity.status(503).build();
    }
    SseEmitter emitter = new SseEmitter(0L);
    Semaphore news = new Semaphore(0);
    Runnable stop = changes.listen(news::release);
    Thread.ofVirtual()
        .name("live")
        .start(() -> {
          streams.add(Thread.currentThread());
          try {
            stream(emitter, news);
          } finally {
            streams.remove(Thread.currentThread());
            stop.run();
            pages.release();
          }
        });
    return answer.body(emitter);
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
      // The container has noticed it, too.
    } catch (InterruptedException stopping) {
      emitter.complete();
    }
  }

  @Override
  public void start() {
    running = true;
  }

  /** Open pages would keep the web server from stopping. */
  @Override
  public void stop() {
    running = false;
    streams.forEach(Thread::interrupt);
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Before the web server stops. */
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE;
  }
}
