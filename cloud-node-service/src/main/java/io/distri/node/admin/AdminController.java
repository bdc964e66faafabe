package io.distri.node.admin;

import io.distri.node.admin.AdminMessages.Decision;
import io.distri.node.admin.AdminMessages.Keys;
import io.distri.node.admin.AdminMessages.Nodes;
import io.distri.node.admin.AdminMessages.Token;
import io.distri.node.local.LocalNode;
import io.distri.node.membership.MemberTable;
import io.distri.node.membership.SelfMember;
import io.distri.node.problem.ProblemException;
import io.distri.node.security.InternalPortFilter;
import io.distri.node.security.InternalWire;
import io.distri.node.security.JoinTokens;
import io.distri.node.security.Whitelist;
import io.distri.protocol.ProblemType;
import io.distri.protocol.identity.KeyId;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RestController;

/** Carries out what operators order. Who is one, the filter before this has found out. */
@RestController
final class AdminController {
  private static final Logger log = LoggerFactory.getLogger(AdminController.class);

  private final LocalNode local;
  private final SelfMember self;
  private final MemberTable members;
  private final Whitelist whitelist;
  private final JoinTokens tokens;
  private final InternalWire wire;
  private final Runnable stop;

  /**
   * @param stop begins to end this node
   */
  AdminController(
      LocalNode local,
      SelfMember self,
      MemberTable members,
      Whitelist whitelist,
      JoinTokens tokens,
      InternalWire wire,
      Runnable stop) {
    this.local = local;
    this.self = self;
    this.members = members;
    this.whitelist = whitelist;
    this.tokens = tokens;
    this.wire = wire;
    this.stop = stop;
  }

  @PostMapping(AdminMessages.NODES)
  byte[] nodes() {
    return wire.write(
        new Nodes(Stream.concat(Stream.of(self.now()), members.members().stream()).toList()));
  }

  @PostMapping(AdminMessages.TOKEN)
  byte[] token(@RequestAttribute(InternalPortFilter.CALLER) String operator) {
    String text = tokens.create();
    log.info("operator {} made a join token", operator);
    return wire.write(new Token(text, JoinTokens.GOOD_FOR.toMillis()));
  }

  @PostMapping(AdminMessages.WHITELIST)
  byte[] whitelist(
      @RequestAttribute(InternalPortFilter.CALLER) String operator, HttpServletRequest http)
      throws IOException {
    Decision decision = wire.read(http, Decision.class);
    if (decision.keyId() != null) {
      String key = requireKey(decision.keyId());
      if (decision.role() == null) {
        whitelist.remove(key);
      } else if (!whitelist.grant(key, decision.role())) {
        throw new ProblemException(
            ProblemType.FORBIDDEN, "This key was evicted. Give the node a new one.");
      }
      log.info("operator {} decided on {}: {}", operator, key, decision.role());
    }
    return keys();
  }

  @PostMapping(AdminMessages.EVICT)
  byte[] evict(
      @RequestAttribute(InternalPortFilter.CALLER) String operator, HttpServletRequest http)
      throws IOException {
    String key = requireKey(String.valueOf(wire.read(http, Decision.class).keyId()));
    if (key.equals(local.id())) {
      throw new ProblemException(
          ProblemType.MALFORMED_REQUEST, "A node can't evict itself: ask another one.");
    }
    whitelist.evict(key);
    log.warn("operator {} evicted {}", operator, key);
    return keys();
  }

  @PostMapping(AdminMessages.LEAVE)
  void leave(@RequestAttribute(InternalPortFilter.CALLER) String operator) {
    log.warn("operator {} has this node leave the cluster", operator);
    local.leaveAtEnd();
    stop.run();
  }

  private byte[] keys() {
    return wire.write(new Keys(whitelist.all()));
  }

  private static String requireKey(String id) {
    try {
      return KeyId.checked(id);
    } catch (IllegalArgumentException none) {
      throw new ProblemException(ProblemType.MALFORMED_REQUEST, String.valueOf(none.getMessage()));
    }
  }
}
