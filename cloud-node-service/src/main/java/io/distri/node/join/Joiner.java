package io.distri.node.join;

import io.distri.node.join.JoinMessages.Answer;
import io.distri.node.join.JoinMessages.Request;
import io.distri.node.join.JoinMessages.Welcome;
import io.distri.node.membership.Member;
import io.distri.node.membership.MemberTable;
import io.distri.node.membership.SelfMember;
import io.distri.node.security.ClusterId;
import io.distri.node.security.ClusterSecret;
import io.distri.node.security.InternalClient;
import io.distri.node.security.InternalPortFilter;
import io.distri.node.security.InternalWire;
import io.distri.node.security.JoinSecret;
import io.distri.node.security.JoinSecret.Meeting;
import io.distri.node.security.JoinSecret.Side;
import io.distri.node.security.JoinToken;
import io.distri.node.security.Whitelist;
import io.distri.protocol.HostPort;
import io.distri.protocol.ProblemType;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The newcomer's side of a join. Safe for use by many threads. */
public final class Joiner {
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final SelfMember self;
  private final MemberTable members;
  private final ClusterId cluster;
  private final ClusterSecret secret;
  private final @Nullable JoinToken token;
  private final Whitelist whitelist;
  private final InternalClient client;
  private final InternalWire wire;
  private final MeterRegistry meters;
  private final SecureRandom random = new SecureRandom();

  /**
   * @param token null where this node has none
   */
  Joiner(
      SelfMember self,
      MemberTable members,
      ClusterId cluster,
      ClusterSecret secret,
      @Nullable JoinToken token,
      Whitelist whitelist,
      InternalClient client,
      InternalWire wire,
      MeterRegistry meters) {
    this.self = self;
    this.members = members;
    this.cluster = cluster;
    this.secret = secret;
    this.token = token;
    this.whitelist = whitelist;
    this.client = client;
    this.wire = wire;
    this.meters = meters;
  }

  /** What came of a join. */
  public sealed interface Outcome {}

  /** This node and the member trust each other now. */
  public record Joined(Member member) implements Outcome {}

  /** The address is this node's own. */
  public record Myself() implements Outcome {}

  /** Another node runs under this node's identity. */
  public record DuplicateIdentity() implements Outcome {}

  /** The other side says that this node was evicted. */
  public record ShutOut() implements Outcome {}

  /** The other side does not let this node in, or couldn't prove that it belongs to the cluster. */
  public record Refused(String reason) implements Outcome {}

  /** Nobody answered. */
  public record Unreachable(String reason) implements Outcome {}

  /** Joins by one member. Blocks until it answers, a few seconds at most. */
  public Outcome join(HostPort internalAddress) throws InterruptedException {
    if (whitelist.isEvicted(self.now().id())) {
      return new ShutOut();
    }
    try {
      return join(internalAddress, true);
    } catch (IOException e) {
      return new Unreachable(String.valueOf(e.getMessage()));
    }
  }

  /**
   * @param mayBeSent whether another member may be asked in its place
   */
  private Outcome join(HostPort internalAddress, boolean mayBeSent)
      throws IOException, InterruptedException {
    byte[] nonce = new byte[JoinMessages.NONCE_BYTES];
    random.nextBytes(nonce);
    Member me = self.now();
    InternalClient.Answer first = ask(internalAddress, request(nonce, null, null, me));
    if (first.status() != 200) {
      return failed(first);
    }
    Answer answer = wire.read(first.body(), Answer.class);
    Welcome welcome = answer.welcome();
    if (welcome != null && whitelist.isNode(first.key())) {
      return enter(welcome, first.key());
    }
    Member issuer = answer.issuer();
    if (issuer != null && mayBeSent && isWanted() && !issuer.id().equals(first.key())) {
      return join(issuer.internalAddress(), false);
    }
    JoinSecret shared = shared();
    if (shared == null) {
      return new Refused("neither its key is whitelisted here nor is there a secret or a token");
    }
    byte[] memberNonce = answer.memberNonce();
    Meeting meeting = new Meeting(me.id(), first.key(), nonce, memberNonce);
    byte[] proof = shared.prove(Side.NEWCOMER, meeting);
    InternalClient.Answer second = ask(internalAddress, request(nonce, memberNonce, proof, me));
    return second.status() == 200
        ? judge(wire.read(second.body(), Answer.class), second.key(), meeting, shared)
        : failed(second);
  }

  private Outcome judge(Answer answer, String key, Meeting meeting, JoinSecret shared) {
    byte[] proof = answer.proof();
    Welcome welcome = answer.welcome();
    if (proof == null
        || welcome == null
        || !meeting.memberKey().equals(key)
        || !shared.proves(proof, Side.MEMBER, meeting)) {
      return distrust("the other side couldn't prove that it belongs to this cluster");
    }
    return enter(welcome, key);
  }

  private Outcome enter(Welcome welcome, String key) {
    Member member = welcome.member();
    if (!member.id().equals(key) || whitelist.isEvicted(key)) {
      return distrust("it is not the node that it says it is");
    }
    if (!cluster.agree(welcome.clusterId(), true)) {
      return new Refused("it belongs to another cluster");
    }
    whitelist.proved(key);
    whitelist.merge(welcome.trust());
    members.heard(member);
    members.learned(welcome.table());
    return new Joined(member);
  }

  /** An impostor, as far as this node can tell. */
  private Refused distrust(String reason) {
    meters.counter("distri.join.distrusted").increment();
    return new Refused(reason);
  }

  private Outcome failed(InternalClient.Answer answer) {
    if (answer.status() == 204) {
      return new Myself();
    }
    if (answer.status() == 409) {
      return isProblem(answer, ProblemType.DUPLICATE_IDENTITY)
          ? new DuplicateIdentity()
          : new Refused("it belongs to another cluster");
    }
    if (isProblem(answer, ProblemType.EVICTED)) {
      // For good on a member's word alone: anybody may say so.
      if (whitelist.isNode(answer.key())) {
        whitelist.evict(self.now().id());
      }
      return new ShutOut();
    }
    return new Refused("it answered " + answer.status());
  }

  private static boolean isProblem(InternalClient.Answer answer, ProblemType type) {
    return answer.status() == type.status()
        && new String(answer.body(), StandardCharsets.UTF_8).contains("\"" + type.uri() + "\"");
  }

  /** Whether there is a token to prove: not once it has served. */
  private boolean isWanted() {
    return token != null && cluster.value().isEmpty();
  }

  private @Nullable JoinSecret shared() {
    JoinToken unused = token;
    return unused != null && isWanted() ? unused.secret() : secret.secret().orElse(null);
  }

  private Request request(
      byte[] nonce, byte @Nullable [] memberNonce, byte @Nullable [] proof, Member me) {
    JoinToken shown = isWanted() ? token : null;
    return new Request(
        JoinMessages.PROTOCOL,
        nonce,
        memberNonce,
        proof,
        me,
        cluster.value().orElse(null),
        cluster.isFirm(),
        shown == null ? null : shown.issuer(),
        shown == null ? null : shown.id());
  }

  private InternalClient.Answer ask(HostPort address, Request request)
      throws IOException, InterruptedException {
    return client.post(address, InternalPortFilter.JOIN, wire.write(request), PATIENCE);
  }
}
