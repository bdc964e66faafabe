package io.distri.node.join;

import io.distri.node.join.JoinMessages.Answer;
import io.distri.node.join.JoinMessages.Request;
import io.distri.node.membership.Member;
import io.distri.node.membership.MemberTable;
import io.distri.node.membership.SelfMember;
import io.distri.node.problem.ProblemException;
import io.distri.node.security.ClusterSecret;
import io.distri.node.security.ClusterSecret.Meeting;
import io.distri.node.security.ClusterSecret.Side;
import io.distri.node.security.InternalPortFilter;
import io.distri.node.security.InternalWire;
import io.distri.node.security.Whitelist;
import io.distri.protocol.ProblemType;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
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
  private final ClusterSecret secret;
  private final Whitelist whitelist;
  private final InternalWire wire;
  private final Nonces nonces = new Nonces(System::nanoTime);

  JoinController(
      SelfMember self,
      MemberTable members,
      ClusterSecret secret,
      Whitelist whitelist,
      InternalWire wire) {
    this.self = self;
    this.members = members;
    this.secret = secret;
    this.whitelist = whitelist;
    this.wire = wire;
  }

  @PostMapping(InternalPortFilter.JOIN)
  ResponseEntity<byte[]> join(
      @RequestAttribute(InternalPortFilter.CALLER) String caller, HttpServletRequest http)
      throws IOException {
    if (!secret.goodFrom(http.getRemoteAddr())) {
      throw new ProblemException(ProblemType.FORBIDDEN, "This key is not whitelisted.");
    }
    Request request = wire.read(http, Request.class);
    Member me = self.now();
    if (request.protocol() != JoinMessages.PROTOCOL
        || request.nonce().length != JoinMessages.NONCE_BYTES
        || !request.newcomer().id().equals(caller)) {
      throw new ProblemException(ProblemType.MALFORMED_REQUEST, "This is no join of protocol 1.");
    }
    if (caller.equals(me.id())) {
      return myself(request, me);
    }
    byte[] proof = request.proof();
    byte[] answer =
        proof == null
            ? wire.write(new Answer(nonces.give(caller), null, null, null, null))
            : wire.write(proven(request, proof, me));
    return ResponseEntity.ok(answer);
  }

  private static ResponseEntity<byte[]> myself(Request request, Member me) {
    if (request.newcomer().incarnation() == me.incarnation()) {
      return ResponseEntity.noContent().build();
    }
    throw new ProblemException(
        ProblemType.DUPLICATE_IDENTITY,
        "A node with this identity runs already, at " + me.address() + ".");
  }

  private Answer proven(Request request, byte[] proof, Member me) {
    Member newcomer = request.newcomer();
    byte[] memberNonce = request.memberNonce();
    if (memberNonce == null || !nonces.redeem(newcomer.id(), memberNonce)) {
      throw new ProblemException(ProblemType.FORBIDDEN, "The proof is late or was used.");
    }
    Meeting meeting = new Meeting(newcomer.id(), me.id(), request.nonce(), memberNonce);
    if (!secret.proves(proof, Side.NEWCOMER, meeting)) {
      throw new ProblemException(ProblemType.FORBIDDEN, "The proof does not hold.");
    }
    whitelist.add(newcomer.id());
    members.heard(newcomer);
    log.debug("{} joined from {}", newcomer.id(), newcomer.address());
    return new Answer(
        memberNonce,
        secret.prove(Side.MEMBER, meeting),
        secret.clusterId().orElseThrow(),
        me,
        members.members());
  }
}
