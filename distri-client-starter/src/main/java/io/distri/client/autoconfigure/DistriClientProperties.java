package io.distri.client.autoconfigure;

import io.distri.client.AccessToken;
import io.distri.client.DistriClientSettings;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties of the client. A bad value stops the start with a sentence that names it.
 *
 * @param nodes First contacts: http://host:port, host:port, or dns://name:port for every address
 *     behind a name. Further nodes are learned from these.
 * @param token Access token, where the nodes ask for one.
 * @param session Whether reads see at least what this client wrote, on any node.
 * @param deadline How long a call waits, all tries included.
 * @param maxInFlight Most calls that are with the nodes at one time; more wait in line.
 */
@ConfigurationProperties("distri.client")
public record DistriClientProperties(
    @DefaultValue("http://127.0.0.1:3000") List<String> nodes,
    @Nullable String token,
    @DefaultValue("true") boolean session,
    @DefaultValue("30s") Duration deadline,
    @DefaultValue("256") int maxInFlight,
    @DefaultValue Retry retry,
    @DefaultValue Election election) {

  /**
   * How calls are sent again.
   *
   * @param ambiguous How often an idempotent call is sent again after it became unclear whether a
   *     node executed it.
   * @param backoff Upper end of the first pause after all nodes refused; doubles each time.
   * @param maxBackoff Upper end of any pause after all nodes refused.
   */
  public record Retry(
      @DefaultValue("3") int ambiguous,
      @DefaultValue("10ms") Duration backoff,
      @DefaultValue("1s") Duration maxBackoff) {}

  /**
   * How the client learns of the nodes and their load. Nothing is sent while there are no calls.
   *
   * @param reportMaxAge Age at which a node's load report is renewed by a probe.
   * @param probesPerCall Most probes that one call sets off.
   * @param probeTimeout How long a probe waits.
   * @param tableRefresh How often the node table is read.
   * @param dnsRefresh How often dns:// names are resolved again. The JVM itself keeps answers for
   *     30 s unless the security property networkaddress.cache.ttl says otherwise.
   */
  public record Election(
      @DefaultValue("250ms") Duration reportMaxAge,
      @DefaultValue("3") int probesPerCall,
      @DefaultValue("100ms") Duration probeTimeout,
      @DefaultValue("2s") Duration tableRefresh,
      @DefaultValue("5s") Duration dnsRefresh) {}

  public DistriClientProperties {
    settings(nodes, token, session, deadline, maxInFlight, retry, election);
  }

  /** The settings that these properties stand for, for the cluster that is found there. */
  DistriClientSettings settings(DistriConnectionDetails connection) {
    return settings(
        connection.nodes(), connection.token(), session, deadline, maxInFlight, retry, election);
  }

  private static DistriClientSettings settings(
      List<String> nodes,
      @Nullable String token,
      boolean session,
      Duration deadline,
      int maxInFlight,
      Retry retry,
      Election election) {
    try {
      return new DistriClientSettings(
          nodes,
          token == null ? null : new AccessToken(token),
          session,
          deadline,
          maxInFlight,
          new DistriClientSettings.Retry(retry.ambiguous(), retry.backoff(), retry.maxBackoff()),
          new DistriClientSettings.Election(
              election.reportMaxAge(),
              election.probesPerCall(),
              election.probeTimeout(),
              election.tableRefresh(),
              election.dnsRefresh()));
    } catch (IllegalArgumentException outOfRange) {
      throw new IllegalArgumentException("distri.client." + outOfRange.getMessage(), outOfRange);
    }
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "DistriClientProperties" + nodes;
  }
}
