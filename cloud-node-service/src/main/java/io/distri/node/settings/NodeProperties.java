package io.distri.node.settings;

import io.distri.protocol.HostPort;
import io.distri.protocol.OwnNames;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The settings of a node.
 *
 * @param address {@code host:port} where others reach this node; it binds this host unless {@code
 *     server.address} says otherwise
 * @param publicAddress {@code host:port} where clients reach it, if that is another address
 * @param internalPort port for other nodes; by default the public one + 10000 up to 22767, and the
 *     public one − 10000 (− 20000, …) above, so that it is below 32768
 * @param nodes {@code host:port} (public) of the nodes to contact first
 * @param maxBody largest body of a request
 * @param drainTimeout how long a node that was told to stop waits for the calls it holds
 * @param leaveOnStop whether a node that is told to stop gives up its vote for good: for nodes that
 *     keep nothing and don't come back
 * @param access who may call the public services
 * @param cluster what nodes of one cluster share
 * @param whitelist whose keys are good on the internal port
 * @param join how this node gets into a cluster that does not know it
 * @param identity where this node keeps its key
 * @param db the document DB
 * @param encrypt the Encrypt service
 * @param admission how many calls run and wait
 * @param streams whose streams of events the node holds open
 */
@ConfigurationProperties("distri.node")
public record NodeProperties(
    @DefaultValue("127.0.0.1:3000") String address,
    @Nullable String publicAddress,
    @Nullable Integer internalPort,
    @DefaultValue List<String> nodes,
    @DefaultValue("64MB") DataSize maxBody,
    @DefaultValue("20s") Duration drainTimeout,
    @DefaultValue("false") boolean leaveOnStop,
    @DefaultValue Access access,
    @DefaultValue Cluster cluster,
    @DefaultValue WhitelistProperties whitelist,
    @DefaultValue Join join,
    @DefaultValue IdentityProperties identity,
    @DefaultValue Db db,
    @DefaultValue Encrypt encrypt,
    @DefaultValue Admission admission,
    @DefaultValue Streams streams) {

  /**
   * Beside the documents and a reserve of a quarter more, a fifth of the heap is lent to callers;
   * the rest is for everything else.
   */
  private static final double DB_OF_THE_HEAP = 0.4;

  public NodeProperties {
    named("distri.node.address", () -> HostPort.parse(address));
    if (publicAddress != null) {
      String given = publicAddress;
      named("distri.node.public-address", () -> HostPort.parse(given));
    }
    nodes = List.copyOf(nodes);
    for (String node : nodes) {
      named("distri.node.nodes", () -> HostPort.parse(node));
    }
    if (internalPort != null && (internalPort < 1 || internalPort > 65_535)) {
      throw new IllegalArgumentException(
          "distri.node.internal-port must be between 1 and 65535, not " + internalPort);
    }
    if (maxBody.toBytes() < 1 || maxBody.toBytes() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "distri.node.max-body must be between 1B and 2047MB, not " + maxBody);
    }
  }

  /**
   * Who may call the public services.
   *
   * @param tokens bearer tokens, one of which every call must bring; none: no token is asked for
   * @param hosts further names by which callers may call this node, in the {@code Host} header;
   *     those of its own addresses, {@code localhost} and literal addresses are good without
   * @param open allows to bind beyond loopback without tokens
   */
  public record Access(
      @DefaultValue List<String> tokens,
      @DefaultValue List<String> hosts,
      @DefaultValue("false") boolean open) {
    /** Shorter ones can be guessed. */
    private static final int SHORTEST_TOKEN = 16;

    public Access {
      tokens = List.copyOf(tokens);
      hosts = List.copyOf(hosts);
      if (tokens.stream().anyMatch(token -> token.length() < SHORTEST_TOKEN)) {
        throw new IllegalArgumentException(
            "distri.node.access.tokens: a token must have at least "
                + SHORTEST_TOKEN
                + " characters, such as those of 'head -c 32 /dev/urandom | base64'");
      }
      for (String host : hosts) {
        if (!OwnNames.isName(host)) {
          throw new IllegalArgumentException(
              "distri.node.access.hosts: '"
                  + host
                  + "' is no name: write it without scheme, port"
                  + " and *, such as distri.example.org");
        }
      }
    }

    /** Without the tokens. */
    @Override
    public String toString() {
      return "Access[" + tokens.size() + " tokens, hosts=" + hosts + ", open=" + open + "]";
    }
  }

  /**
   * What nodes of one cluster share.
   *
   * @param secretFile file with the local cluster secret; made at first start where it isn't there
   * @param secretAddresses CIDR blocks from where the secret is good
   */
  public record Cluster(
      @Nullable Path secretFile,
      @DefaultValue({"127.0.0.0/8", "::1/128"}) List<String> secretAddresses) {
    public Cluster {
      secretAddresses = List.copyOf(secretAddresses);
    }
  }

  /**
   * Whose keys are good on the internal port. A node's id is its key's; {@code ./distri server
   * --show-id} prints it.
   *
   * @param ids of the cluster's nodes
   * @param operators who may give orders
   * @param addresses CIDR blocks from where a key is good; none: from everywhere
   */
  public record WhitelistProperties(
      @DefaultValue List<String> ids,
      @DefaultValue List<String> operators,
      @DefaultValue List<String> addresses) {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");

    public WhitelistProperties {
      ids = List.copyOf(ids);
      operators = List.copyOf(operators);
      addresses = List.copyOf(addresses);
      requireIds("distri.node.whitelist.ids", ids);
      requireIds("distri.node.whitelist.operators", operators);
    }

    private static void requireIds(String property, List<String> ids) {
      for (String id : ids) {
        if (!ID.matcher(id).matches()) {
          throw new IllegalArgumentException(
              property + ": '" + id + "' is no id, which has 64 hexadecimal digits");
        }
      }
    }
  }

  /**
   * How this node gets into a cluster that does not know it.
   *
   * @param token what {@code ./distri token create} printed; used once
   */
  public record Join(@Nullable String token) {
    /** Without the token. */
    @Override
    public String toString() {
      return "Join[token=" + (token == null ? "none" : "set") + "]";
    }
  }

  /**
   * Where this node keeps its key.
   *
   * @param dir directory of the key, the certificate and what belongs to them; none: a new identity
   *     at every start
   * @param sslBundle name of an SSL bundle of Spring Boot's that holds the key and the certificate
   *     in their place, and the authorities whose certificates are asked for on the internal port
   */
  public record IdentityProperties(@Nullable Path dir, @Nullable String sslBundle) {}

  /**
   * The document DB.
   *
   * @param maxBytes how much of the heap documents may take with what is kept beside them, about
   *     650 bytes each; writes that make it more are refused. 0: two fifths of the heap
   * @param dataDir directory in which the DB is kept; none: it is in memory only
   * @param writeAck whose copies a write waits for
   * @param writeTimeout how long a write waits for them at most
   * @param forgetAfter how long a deletion and the names of the writes before it are remembered
   *     once every node has them: a retry comes within seconds or, where a person asks for it,
   *     minutes. Less than a minute is for tests
   * @param initialCollections collections that exist from the first start on
   * @param maxCollections how many collections there may be for clients to create one more; ten
   *     times as many names are remembered, those of deleted ones included
   */
  public record Db(
      @DefaultValue("0") DataSize maxBytes,
      @Nullable Path dataDir,
      @DefaultValue("majority") WriteAck writeAck,
      @DefaultValue("5s") Duration writeTimeout,
      @DefaultValue("10m") Duration forgetAfter,
      @DefaultValue({"catalog", "permissions", "users"}) List<String> initialCollections,
      @DefaultValue("1000") int maxCollections) {
    private static final int MOST_COLLECTIONS = 100_000;

    public Db {
      if (maxBytes.isNegative()) {
        throw new IllegalArgumentException(
            "distri.node.db.max-bytes must not be negative, as " + maxBytes + " is");
      }
      maxBytes =
          maxBytes.toBytes() == 0
              ? DataSize.ofBytes((long) (Runtime.getRuntime().maxMemory() * DB_OF_THE_HEAP))
              : maxBytes;
      dataDir = dataDir == null || dataDir.toString().isEmpty() ? null : dataDir;
      initialCollections = List.copyOf(initialCollections);
      if (forgetAfter.toMillis() < 1000) {
        throw new IllegalArgumentException(
            "distri.node.db.forget-after must be at least 1s, not " + forgetAfter);
      }
      if (maxCollections < 1 || maxCollections > MOST_COLLECTIONS) {
        throw new IllegalArgumentException(
            "distri.node.db.max-collections must be between 1 and "
                + MOST_COLLECTIONS
                + ", not "
                + maxCollections);
      }
    }
  }

  /** Whose copies a write waits for. */
  public enum WriteAck {
    /** This node's. */
    LOCAL,
    /** Those of more than half of the voters. */
    MAJORITY,
    /** Those of all voters. */
    ALL
  }

  /**
   * The Encrypt service.
   *
   * @param recipients {@code age1…} recipients of calls that name none
   * @param cover picture to hide images in, instead of the shipped one
   */
  public record Encrypt(@DefaultValue List<String> recipients, @Nullable Path cover) {
    public Encrypt {
      recipients = List.copyOf(recipients);
    }
  }

  /**
   * How many calls run at once.
   *
   * @param encryptPermits images sealed at once; 0: as many as there are processors
   * @param dbPermits DB calls at once; most of them wait for other nodes
   * @param userPermits calls of users' services at once
   */
  public record Admission(
      @DefaultValue("0") int encryptPermits,
      @DefaultValue("256") int dbPermits,
      @DefaultValue("32") int userPermits) {
    public Admission {
      if (encryptPermits < 0 || dbPermits < 1 || userPermits < 1) {
        throw new IllegalArgumentException(
            "distri.node.admission.*-permits must be at least 1 (encrypt-permits: 0 for the processors)");
      }
    }
  }

  /**
   * Whose streams of events the node holds open.
   *
   * @param sharePercent how many of the places for change feeds, and of those for dashboards,
   *     callers of one address may have, in percent; at least 8 places. 100 where a proxy makes all
   *     callers come from its own address
   */
  public record Streams(@DefaultValue("10") int sharePercent) {
    public Streams {
      if (sharePercent < 1 || sharePercent > 100) {
        throw new IllegalArgumentException(
            "distri.node.streams.share-percent must be between 1 and 100, not " + sharePercent);
      }
    }
  }

  private static void named(String property, Supplier<HostPort> parse) {
    try {
      HostPort parsed = parse.get();
      if (parsed.port() == 0) {
        throw new IllegalArgumentException("port 0 can't be reached by others");
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(property + ": " + e.getMessage(), e);
    }
  }
}
