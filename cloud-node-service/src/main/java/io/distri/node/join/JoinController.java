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
import io.distri.node.security.Reason;
import io.distri.node.security.Whitelist;
import io.distri.protocol.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RestController;

/** The member's side of a join. */
@RestController
final class JoinController {

  /**
   * Bytes of a stranger's request: it is a hundred times what one takes, and held before anything
   * is known of the caller.
   */
  private static final int LARGEST_KNOCK = 64 * 1024;

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
    if (!listed && !proofs.mayBeGoodFrom(http.getRemoteAddr())) {
      throw notListed(http, Reason.UNKNOWN_KEY);
    }
    Request request =
        listed ? wire.read(http, Request.class) : wire.read(http, Request.class, LARGEST_KNOCK);
    Member me = self.now();
    requireWellFormed(request, caller);
    if (caller.equals(me.id())) {
      return myself(request, me, http);
    }
    if (!cluster.isCompatible(request.clusterId(), request.clusterFirm())) {
      throw new ProblemException(
          ProblemType.FOREIGN_CLUSTER, "This node belongs to another cluster.");
    }
    requireOne(request.newcomer(), http);
    return ResponseEntity.ok(wire.write(answer(request, listed, http, me)));
  }

  private static void requireWellFormed(Request request, String caller) {
    if (request.protocol() != JoinMessages.PROTOCOL
        || request.nonce().length != JoinMessages.NONCE_BYTES
        || !request.newcomer().id().equals(caller)) {
      throw new ProblemException(ProblemType.MALFORMED_REQUEST, "This is no join of protocol 1.");
    }
  }

  /** The earlier of two nodes with one identity stays. */
  private void requireOne(Member newcomer, HttpServletRequest http) {
    Optional<Member> known = members.member(newcomer.id());
    if (known.isPresent()
        && known.get().isAlive()
        && !known.get().address().equals(newcomer.address())
        && known.get().start() < newcomer.start()) {
      throw duplicate(known.get(), http);
    }
  }

  private static ResponseEntity<byte[]> myself(
      Request request, Member me, HttpServletRequest http) {
    if (request.newcomer().start() == me.start()) {
      return ResponseEntity.noContent().build();
    }
    throw duplicate(me, http);
  }

  private static ProblemException duplicate(Member earlier, HttpServletRequest http) {
    http.setAttribute(InternalPortFilter.REASON, Reason.DUPLICATE_IDENTITY);
    return new ProblemException(
        ProblemType.DUPLICATE_IDENTITY,
        "A node with this identity runs already, at " + earlier.address() + ".");
  }

  private Answer answer(Request request, boolean listed, HttpServletRequest http, Member me) {
    byte[] proof = request.proof();
    if (proof != null) {
      return proven(request, proof, http, me);
    }
    String issuer = request.tokenIssuer();
    return new Answer(
        nonces.give(request.newcomer().id()),
        null,
        issuer == null ? null : members.member(issuer).orElse(null),
        listed ? welcome(request, me, http) : null);
  }

  private Answer proven(Request request, byte[] proof, HttpServletRequest http, Member me) {
    String newcomer = request.newcomer().id();
    byte[] memberNonce = request.memberNonce();
    if (memberNonce == null || !nonces.redeem(newcomer, memberNonce)) {
      http.setAttribute(InternalPortFilter.REASON, Reason.BAD_PROOF);
      throw new ProblemException(ProblemType.FORBIDDEN, "The proof is late or was used.");
    }
    Reason none = request.tokenId() == null ? Reason.UNKNOWN_KEY : Reason.BAD_TOKEN;
    JoinSecret secret =
        proofs.secret(request, http.getRemoteAddr()).orElseThrow(() -> notListed(http, none));
    Meeting meeting = new Meeting(newcomer, me.id(), request.nonce(), memberNonce);
    if (!secret.proves(proof, Side.NEWCOMER, meeting)) {
      http.setAttribute(InternalPortFilter.REASON, Reason.BAD_PROOF);
      throw new ProblemException(ProblemType.FORBIDDEN, "The proof does not hold.");
    }
    if (!proofs.accept(request)) {
      throw notListed(http, Reason.BAD_TOKEN);
    }
    return new Answer(
        memberNonce, secret.prove(Side.MEMBER, meeting), null, welcome(request, me, http));
  }

  private Welcome welcome(Request request, Member me, HttpServletRequest http) {
    Member newcomer = request.newcomer();
    if (!cluster.agree(request.clusterId(), request.clusterFirm())) {
      throw new ProblemException(
          ProblemType.FOREIGN_CLUSTER, "This node belongs to another cluster.");
    }
    members.heard(newcomer);
    log.debug("{} joined from {}", newcomer.id(), newcomer.address());
    return new Welcome(
        cluster.value().orElseThrow(() -> notListed(http, Reason.UNKNOWN_KEY)),
        me,
        members.members(),
        whitelist.decisions());
  }

  private static ProblemException notListed(HttpServletRequest http, Reason reason) {
    http.setAttribute(InternalPortFilter.REASON, reason);
    return new ProblemException(ProblemType.FORBIDDEN, "This key is not whitelisted.");
  }
}
