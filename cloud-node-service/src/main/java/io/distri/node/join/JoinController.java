package io.distri.node.join;

import io.distri.node.join.JoinMessages.Answer;
import io.distri.node.join.JoinMessages.Request;
import io.distri.node.join.JoinMessages.Welcome;
import io.distri.node.membership.Member;
import io.distri.node.membership.MemberTable;
import io.distri.node.membership.SelfMember;
import io.distri.node.problem.ProblemException;
import io.distri.node.security.ClusterId;
import io.distri.node.security.InternalPortFilter;
import io.distri.node.security.InternalWire;
import io.distri.node.security.JoinSecret;
import io.distri.node.security.JoinSecret.Meeting;
import io.distri.node.security.JoinSecret.Side;
import io.distri.node.security.Whitelist;
import io.distri.protocol.ProblemType;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RestController;

/** The member's side of a join. */
@Hidden
@RestController
final class JoinController {
  private static final Logger log = LoggerFactory.getLogger(JoinController.class);

  private final SelfMember self;
  private final MemberTable members;
  private final ClusterId cluster;
  private final Whitelist whitelist;
  private final JoinProofs proofs;
  private final InternalWire wire;
  private final Nonces nonces = new Nonces(System::nanoTime);

  JoinController(
      SelfMember self,
      MemberTable members,
      ClusterId cluster,
      Whitelist whitelist,
      JoinProofs proofs,
      InternalWire wire) {
    this.self = self;
    this.members = members;
    this.cluster = cluster;
    this.whitelist = whitelist;
    this.proofs = proofs;
    this.wire = wire;
  }

  @PostMapping(InternalPortFilter.JOIN)
  ResponseEntity<byte[]> join(
      @RequestAttribute(InternalPortFilter.CALLER) String caller, HttpServletRequest http)
      throws IOException {
    boolean listed = whitelist.isNode(caller);
    if (whitelist.isEvicted(caller) || (!listed && !proofs.mayBeGoodFrom(http.getRemoteAddr()))) {
      throw notListed();
    }
    Request request = wire.read(http, Request.class);
    Member me = self.now();
    requireWellFormed(request, caller);
    if (caller.equals(me.id())) {
      return myself(request, me);
    }
    if (!cluster.isCompatible(request.clusterId(), request.clusterFirm())) {
      throw new ProblemException(
          ProblemType.FOREIGN_CLUSTER, "This node belongs to another cluster.");
    }
    requireOne(request.newcomer());
    return ResponseEntity.ok(wire.write(answer(request, listed, http.getRemoteAddr(), me)));
  }

  private static void requireWellFormed(Request request, String caller) {
    if (request.protocol() != JoinMessages.PROTOCOL
        || request.nonce().length != JoinMessages.NONCE_BYTES
        || !request.newcomer().id().equals(caller)) {
      throw new ProblemException(ProblemType.MALFORMED_REQUEST, "This is no join of protocol 1.");
    }
  }

  /** The earlier of two nodes with one identity stays. */
  private void requireOne(Member newcomer) {
    Optional<Member> known = members.member(newcomer.id());
    if (known.isPresent()
        && known.get().isAlive()
        && !known.get().address().equals(newcomer.address())
        && known.get().start() < newcomer.start()) {
      throw duplicate(known.get());
    }
  }

  private static ResponseEntity<byte[]> myself(Request request, Member me) {
    if (request.newcomer().start() == me.start()) {
      return ResponseEntity.noContent().build();
    }
    throw duplicate(me);
  }

  private static ProblemException duplicate(Member earlier) {
    return new ProblemException(
        ProblemType.DUPLICATE_IDENTITY,
        "A node with this identity runs already, at " + earlier.address() + ".");
  }

  private Answer answer(Request request, boolean listed, @Nullable String address, Member me) {
    byte[] proof = request.proof();
    if (proof != null) {
      return proven(request, proof, address, me);
    }
    String issuer = request.tokenIssuer();
    return new Answer(
        nonces.give(request.newcomer().id()),
        null,
        issuer == null ? null : members.member(issuer).orElse(null),
        listed ? welcome(request, me) : null);
  }

  private Answer proven(Request request, byte[] proof, @Nullable String address, Member me) {
    String newcomer = request.newcomer().id();
    byte[] memberNonce = request.memberNonce();
    if (memberNonce == null || !nonces.redeem(newcomer, memberNonce)) {
      throw new ProblemException(ProblemType.FORBIDDEN, "The proof is late or was used.");
    }
    JoinSecret secret = proofs.secret(request, address).orElseThrow(JoinController::notListed);
    Meeting meeting = new Meeting(newcomer, me.id(), request.nonce(), memberNonce);
    if (!secret.proves(proof, Side.NEWCOMER, meeting)) {
      throw new ProblemException(ProblemType.FORBIDDEN, "The proof does not hold.");
    }
    if (!proofs.accept(request)) {
      throw notListed();
    }
    return new Answer(memberNonce, secret.prove(Side.MEMBER, meeting), null, welcome(request, me));
  }

  private Welcome welcome(Request request, Member me) {
    Member newcomer = request.newcomer();
    if (!cluster.agree(request.clusterId(), request.clusterFirm())) {
      throw new ProblemException(
          ProblemType.FOREIGN_CLUSTER, "This node belongs to another cluster.");
    }
    members.heard(newcomer);
    log.debug("{} joined from {}", newcomer.id(), newcomer.address());
    return new Welcome(
        cluster.value().orElseThrow(JoinController::notListed),
        me,
        members.members(),
        whitelist.decisions());
  }

  private static ProblemException notListed() {
    return new ProblemException(ProblemType.FORBIDDEN, "This key is not whitelisted.");
  }
}
