package io.distri.node.join;

import io.distri.node.join.JoinMessages.Answer;
import io.distri.node.join.JoinMessages.Request;
import io.distri.node.membership.Member;
import io.distri.node.membership.MemberTable;
import io.distri.node.membership.SelfMember;
import io.distri.node.security.ClusterSecret;
import io.distri.node.security.ClusterSecret.Meeting;
import io.distri.node.security.ClusterSecret.Side;
import io.distri.node.security.InternalClient;
import io.distri.node.security.InternalPortFilter;
import io.distri.node.security.InternalWire;
import io.distri.node.security.Whitelist;
import io.distri.protocol.HostPort;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The newcomer's side of a join. Safe for use by many threads. */
public final class Joiner {
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final SelfMember self;
  private final MemberTable members;
  private final ClusterSecret secret;
  private final Whitelist whitelist;
  private final InternalClient client;
  private final InternalWire wire;
  private final SecureRandom random = new SecureRandom();

  public Joiner(
      SelfMember self,
      MemberTable members,
      ClusterSecret secret,
      Whitelist whitelist,
      InternalClient client,
      InternalWire wire) {
    this.self = self;
    this.members = members;
    this.secret = secret;
    this.whitelist = whitelist;
    this.client = client;
    this.wire = wire;
  }

  /** What came of a join. */
  public sealed interface Outcome {}

  /** This node and the member trust each other now. */
  public record Joined(Member member) implements Outcome {}

  /** The address is this node's own. */
  public record Myself() implements Outcome {}

  /** Another node runs under this node's identity. */
  public record DuplicateIdentity() implements Outcome {}

  /** The other side does not let this node in, or couldn't prove that it belongs to the cluster. */
  public record Refused(String reason) implements Outcome {}

  /** Nobody answered. */
  public record Unreachable(String reason) implements Outcome {}

  /** Joins by one member. Blocks until it answers, a few seconds at most. */
  public Outcome join(HostPort internalAddress) throws InterruptedException {
    if (!secret.present()) {
      return new Refused("this node has no cluster secret");
    }
    try {
      byte[] nonce = new byte[JoinMessages.NONCE_BYTES];
      random.nextBytes(nonce);
      Member me = self.now();
      InternalClient.Answer first = ask(internalAddress, request(nonce, null, null, me));
      if (first.status() != 200) {
        return failed(first, me);
      }
      byte[] memberNonce = wire.read(first.body(), Answer.class).memberNonce();
      Meeting meeting = new Meeting(me.id(), first.key(), nonce, memberNonce);
      byte[] proof = secret.prove(Side.NEWCOMER, meeting);
      InternalClient.Answer second = ask(internalAddress, request(nonce, memberNonce, proof, me));
      return second.status() == 200
          ? judge(wire.read(second.body(), Answer.class), second.key(), meeting)
          : failed(second, me);
    } catch (IOException e) {
      return new Unreachable(String.valueOf(e.getMessage()));
    }
  }

  private Outcome judge(Answer answer, String key, Meeting meeting) {
    byte[] proof = answer.proof();
    Member member = answer.member();
    if (proof == null
        || member == null
        || !member.id().equals(key)
        || !meeting.memberKey().equals(key)
        || !secret.proves(proof, Side.MEMBER, meeting)) {
      return new Refused("the other side couldn't prove that it belongs to this cluster");
    }
    whitelist.add(key);
    members.heard(member);
    members.learned(answer.table() == null ? List.of() : answer.table());
    return new Joined(member);
  }

  private static Outcome failed(InternalClient.Answer answer, Member me) {
    return switch (answer.status()) {
      case 204 -> new Myself();
      case 409 ->
          answer.key().equals(me.id()) ? new DuplicateIdentity() : new Refused("another cluster");
      default -> new Refused("it answered " + answer.status());
    };
  }

  private static Request request(
      byte[] nonce, byte @Nullable [] memberNonce, byte @Nullable [] proof, Member me) {
    return new Request(JoinMessages.PROTOCOL, nonce, memberNonce, proof, me);
  }

  private InternalClient.Answer ask(HostPort address, Request request)
      throws IOException, InterruptedException {
    return client.post(address, InternalPortFilter.JOIN, wire.write(request), PATIENCE);
  }
}
