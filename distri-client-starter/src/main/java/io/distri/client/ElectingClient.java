package io.distri.client;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The client: wires the call path once, in the constructor, and runs calls on it. */
final class ElectingClient implements DistriClient {

  /**
   * Probes and reads of the table are short; so many keep up with the silent nodes of a cluster.
   */
  private static final int BACKGROUND_THREADS = 8;

  /** More probes than nodes never wait, and more nodes than this never are. */
  private static final int BACKGROUND_WAITING = 10_000;

  /** Connections beside those of calls: probes, the table, a stats survey. */
  private static final int EXTRA_CONNECTIONS = 128;

  /** Asynchronous calls that wait for a thread, for each one that has one. */
  private static final int WAITING_PER_THREAD = 64;

  private final DistriClientSettings settings;
  private final HttpTransport transport;
  private final ExecutorService background;
  private final @Nullable ExecutorService ownThreads;
  private final Executor threads;
  private final WriteIdentity writes;
  private final CallLoop loop;
  private final StatsSurvey survey;
  private final Listening listening;
  private final CallListener listener;
  private final LongSupplier nanoTime = System::nanoTime;
  private final AtomicBoolean closed = new AtomicBoolean();

  ElectingClient(
      DistriClientSettings settings,
      ElectionRule rule,
      @Nullable Executor executor,
      CircuitBreakerRegistry registry,
      NodeDirectory.Resolver resolver,
      CallListener listener) {
    this.settings = settings;
    this.listener = listener;
    int most = settings.maxInFlight();
    transport = new HttpTransport(most + EXTRA_CONNECTIONS, settings.token());
    background =
        DaemonThreads.pool("distri-client-background", BACKGROUND_THREADS, BACKGROUND_WAITING);
    if (executor == null) {
      ExecutorService own =
          DaemonThreads.pool("distri-client-call", most, most * WAITING_PER_THREAD);
      ownThreads = own;
      threads = own;
    } else {
      ownThreads = null;
      threads = executor;
    }
    writes = new WriteIdentity(() -> UUID.randomUUID().toString());

    ScoreTracker scores = new ScoreTracker();
    Breakers breakers = new Breakers(registry, Clock.systemUTC());
    NodeHealth health = new NodeHealth(scores, breakers);
    NodeDirectory directory =
        new NodeDirectory(settings, resolver, transport, health, background, nanoTime);
    Prober prober = new Prober(settings.election(), transport, health, background, nanoTime);
    RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
    loop =
        new CallLoop(
            directory,
            transport,
            health,
            prober,
            new Gate(most),
            new RetryPolicy(settings.retry()),
            new RetryBudget(nanoTime.getAsLong()),
            settings.session() ? new Session() : null,
            rule.ballot(),
            random,
            nanoTime);
    survey = new StatsSurvey(directory, transport);
    listening = new Listening(directory, transport, settings.deadline());
  }

  @Override
  public DistriResponse send(DistriRequest request) {
    return run(prepare(request));
  }

  @Override
  public CompletableFuture<DistriResponse> sendAsync(DistriRequest request) {
    Call call = prepare(request);
    CompletableFuture<DistriResponse> future = new CompletableFuture<>();
    try {
      threads.execute(listener.handedOver(() -> complete(future, call)));
    } catch (RejectedExecutionException full) {
      requireOpen();
      future.completeExceptionally(CallFailures.noThread(call));
    }
    return future;
  }

  private void complete(CompletableFuture<DistriResponse> future, Call call) {
    if (future.isDone()) {
      return;
    }
    try {
      future.complete(run(call));
    } catch (RuntimeException | Error failure) {
      future.completeExceptionally(failure);
    }
  }

  private Call prepare(DistriRequest request) {
    requireOpen();
    Duration wait = request.deadline().orElse(settings.deadline());
    return Call.of(writes.assign(request), wait, Deadline.after(wait, nanoTime.getAsLong()));
  }

  private DistriResponse run(Call call) {
    requireOpen();
    long begun = nanoTime.getAsLong();
    Call marked = call.with(listener.begun(call.service()));
    CallHistory history = new CallHistory();
    CallListener.Outcome outcome = CallListener.Outcome.CLOSED;
    try {
      DistriResponse response = loop.run(marked, history);
      outcome = CallListener.Outcome.DONE;
      return response;
    } catch (DistriException failure) {
      outcome = failure.outcome();
      throw failure;
    } finally {
      Choice last = history.last();
      listener.ended(
          new CallListener.CallReport(
              call.service(),
              outcome,
              last == null ? null : last.node().address(),
              last == null ? null : last.reason().name(),
              history.attempts(),
              Duration.ofNanos(nanoTime.getAsLong() - begun)));
    }
  }

  @Override
  public EventStream listen(String path, String lastEventId) {
    requireOpen();
    return listening.listen(path, lastEventId);
  }

  @Override
  public List<NodeAnswer> askStats() {
    requireOpen();
    try {
      return survey.ask();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw CallFailures.surveyInterrupted();
    }
  }

  private void requireOpen() {
    if (closed.get()) {
      throw new IllegalStateException("the client is closed");
    }
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      transport.close();
      background.shutdownNow();
      if (ownThreads != null) {
        // Those that wait for a thread find the client closed, and their futures say so.
        ownThreads.shutdownNow().forEach(Runnable::run);
      }
    }
  }
}
