package io.distri.client;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Collects what a {@link DistriClient} needs. Everything but the nodes has a default. */
public final class DistriClientBuilder {

  private List<String> nodes = List.of();
  private @Nullable AccessToken token;
  private boolean session = true;
  private Duration deadline = DistriClientSettings.DEFAULT_DEADLINE;
  private int maxInFlight = DistriClientSettings.DEFAULT_MAX_IN_FLIGHT;
  private DistriClientSettings.Retry retry = DistriClientSettings.Retry.DEFAULT;
  private DistriClientSettings.Election election = DistriClientSettings.Election.DEFAULT;
  private ElectionRule rule = ElectionRule.SHORTEST_DELAY;
  private @Nullable Executor executor;
  private @Nullable CircuitBreakerRegistry circuitBreakers;
  private CallListener listener = report -> {};
  private NodeDirectory.Resolver resolver = NodeDirectory.Resolver.SYSTEM;

  DistriClientBuilder() {}

  /** Takes over all settings at once. */
  public DistriClientBuilder settings(DistriClientSettings settings) {
    nodes = settings.nodes();
    token = settings.token();
    session = settings.session();
    deadline = settings.deadline();
    maxInFlight = settings.maxInFlight();
    retry = settings.retry();
    election = settings.election();
    return this;
  }

  /** First contacts: {@code http://host:port}, {@code host:port}, or {@code dns://name:port}. */
  public DistriClientBuilder nodes(String... nodes) {
    return nodes(List.of(nodes));
  }

  /** First contacts; see {@link #nodes(String...)}. */
  public DistriClientBuilder nodes(List<String> nodes) {
    this.nodes = nodes;
    return this;
  }

  /** The access token that the nodes ask for. */
  public DistriClientBuilder token(String token) {
    this.token = new AccessToken(token);
    return this;
  }

  /** Whether reads see at least what this client wrote, on any node; true by default. */
  public DistriClientBuilder session(boolean session) {
    this.session = session;
    return this;
  }

  /** How long a call waits, all tries included; 30 s by default. */
  public DistriClientBuilder deadline(Duration deadline) {
    this.deadline = deadline;
    return this;
  }

  /** Most calls that are with the nodes at one time; 256 by default. */
  public DistriClientBuilder maxInFlight(int maxInFlight) {
    this.maxInFlight = maxInFlight;
    return this;
  }

  public DistriClientBuilder retry(DistriClientSettings.Retry retry) {
    this.retry = retry;
    return this;
  }

  public DistriClientBuilder election(DistriClientSettings.Election election) {
    this.election = election;
    return this;
  }

  /** How the node for each try is picked; {@link ElectionRule#SHORTEST_DELAY} by default. */
  public DistriClientBuilder rule(ElectionRule rule) {
    this.rule = rule;
    return this;
  }

  /** Where asynchronous calls run; by default on threads of the client's own. */
  public DistriClientBuilder executor(Executor executor) {
    this.executor = executor;
    return this;
  }

  /** The registry that the nodes' circuit breakers appear in; by default one of its own. */
  public DistriClientBuilder circuitBreakers(CircuitBreakerRegistry circuitBreakers) {
    this.circuitBreakers = circuitBreakers;
    return this;
  }

  /** Hears of every call. */
  public DistriClientBuilder listener(CallListener listener) {
    this.listener = listener;
    return this;
  }

  DistriClientBuilder resolver(NodeDirectory.Resolver resolver) {
    this.resolver = resolver;
    return this;
  }

  /**
   * Makes the client; it connects to nobody before the first call.
   *
   * @throws IllegalArgumentException where a setting is out of range, with a message that names it
   */
  public DistriClient build() {
    return new ElectingClient(
        new DistriClientSettings(nodes, token, session, deadline, maxInFlight, retry, election),
        rule,
        executor,
        circuitBreakers == null ? CircuitBreakerRegistry.ofDefaults() : circuitBreakers,
        resolver,
        listener);
  }
}
