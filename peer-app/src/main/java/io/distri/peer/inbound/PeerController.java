package io.distri.peer.inbound;

import io.distri.peer.book.Book;
import io.distri.peer.book.Changes;
import io.distri.peer.directory.Contacts;
import io.distri.peer.entry.Entry;
import io.distri.peer.entry.GrantEntry;
import io.distri.peer.entry.ParcelEntry;
import io.distri.peer.entry.RequestEntry;
import io.distri.peer.entry.ShareEntry;
import io.distri.peer.entry.ShareKey;
import io.distri.peer.entry.Signatures;
import io.distri.peer.entry.Signed;
import io.distri.peer.entry.UseEntry;
import io.distri.peer.operations.Engine;
import io.distri.peer.sharing.Grants;
import io.distri.peer.sharing.RefusedException;
import io.distri.peer.sharing.Requests;
import io.distri.peer.sharing.Witness;
import io.distri.peer.transfer.Arrivals;
import io.distri.peer.transfer.Borrowed;
import io.distri.peer.transfer.Offer;
import io.distri.peer.vault.PeerId;
import io.distri.peer.vault.ResourceName;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What other peers ask of this one. An entry is taken from nobody but its signer: the key in its
 * signature has to be the one that the caller proved to hold.
 */
@RestController
final class PeerController {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** Two entries and some words. */
  private static final int LONGEST = 16 * 1024;

  private final PeerId self;
  private final Book book;
  private final Signatures signatures;
  private final Contacts contacts;
  private final Requests requests;
  private final Grants grants;
  private final Witness witness;
  private final Borrowed borrowed;
  private final Arrivals arrivals;
  private final Engine engine;
  private final Changes changes;

  PeerController(
      PeerId self,
      Book book,
      Signatures signatures,
      Contacts contacts,
      Requests requests,
      Grants grants,
      Witness witness,
      Borrowed borrowed,
      Arrivals arrivals,
      Engine engine,
      Changes changes) {
    this.self = self;
    this.book = book;
    this.signatures = signatures;
    this.contacts = contacts;
    this.requests = requests;
    this.grants = grants;
    this.witness = witness;
    this.borrowed = borrowed;
    this.arrivals = arrivals;
    this.engine = engine;
    this.changes = changes;
  }

  /** A request for views. One that was answered already has its answer brought again. */
  @PostMapping("/peer/requests")
  void request(HttpServletRequest http, @RequestAttribute(PeerPortFilter.CALLER) String caller)
      throws IOException {
    Signed<RequestEntry> request = from(caller, body(http), RequestEntry.class);
    if (requests.takeIn(request)) {
      changes.happened();
    } else {
      grants.deliverAgain(request.entry().share());
      engine.kick();
    }
  }

  /** What a user has seen. */
  @PostMapping("/peer/uses")
  void use(HttpServletRequest http, @RequestAttribute(PeerPortFilter.CALLER) String caller)
      throws IOException {
    Signed<UseEntry> use = from(caller, body(http), UseEntry.class);
    if (!use.entry().provider().equals(self)) {
      throw new RefusedException(RefusedException.Reason.FORBIDDEN, "For another peer.");
    }
    if (witness.takeIn(new Signed<Entry>(use.entry(), use.jws(), use.keyId()))) {
      changes.happened();
    }
  }

  /** A user lacks an image for which it holds a grant. */
  @PostMapping("/peer/missing")
  void missing(HttpServletRequest http, @RequestAttribute(PeerPortFilter.CALLER) String caller)
      throws IOException {
    JsonNode resource = JSON.readTree(body(http)).path("resource");
    ResourceName name = new ResourceName(resource.asString(""));
    for (PeerId user : contacts.byKey(caller)) {
      grants.deliverAgain(new ShareKey(self, user, name));
    }
    engine.kick();
  }

  /** An answer to a request of this peer's. */
  @PostMapping("/peer/grants")
  Offer.Reply offer(HttpServletRequest http, @RequestAttribute(PeerPortFilter.CALLER) String caller)
      throws IOException {
    Offer offer = JSON.readValue(body(http), Offer.class);
    if (offer == null || offer.grant() == null) {
      throw new IllegalArgumentException("an offer without a grant");
    }
    Signed<GrantEntry> grant = from(caller, offer.grant(), GrantEntry.class);
    ShareKey share = grant.entry().share();
    if (!share.user().equals(self) || book.request(share).isEmpty()) {
      throw new RefusedException(RefusedException.Reason.FORBIDDEN, "Nobody here asked for it.");
    }
    if (witness.takeIn(new Signed<Entry>(grant.entry(), grant.jws(), grant.keyId()))) {
      engine.kick();
      changes.happened();
    }
    if (!borrowed.canHold(share)) {
      throw new RefusedException(RefusedException.Reason.UNREACHABLE, "No place for it here.");
    }
    GrantEntry latest = book.grant(share).orElseThrow().entry();
    if (latest.remaining(book.spent(share)) == 0 || borrowed.has(share)) {
      return new Offer.Reply(Offer.Wish.DONE, 0);
    }
    String parcel = offer.parcel();
    return parcel == null
        ? new Offer.Reply(Offer.Wish.SEAL, 0)
        : expect(from(caller, parcel, ParcelEntry.class), share);
  }

  private Offer.Reply expect(Signed<ParcelEntry> parcel, ShareKey share) throws IOException {
    if (!parcel.entry().share().equals(share)) {
      throw new RefusedException(RefusedException.Reason.FORBIDDEN, "Another image's parcel.");
    }
    Optional<Long> has = arrivals.expect(parcel);
    if (has.isEmpty()) {
      throw new RefusedException(RefusedException.Reason.FORBIDDEN, "The image is too large.");
    }
    return new Offer.Reply(Offer.Wish.SEND, Math.min(has.get(), parcel.entry().size()));
  }

  /** The bytes of an image that is expected. */
  @PutMapping("/peer/grants/{sha256}")
  ResponseEntity<Void> receive(
      @PathVariable("sha256") String sha256,
      @RequestParam("from") long from,
      @RequestAttribute(PeerPortFilter.CALLER) String caller,
      HttpServletRequest http)
      throws IOException {
    Optional<Signed<ParcelEntry>> parcel =
        arrivals.expected(sha256).filter(expected -> expected.keyId().equals(caller));
    if (parcel.isEmpty()) {
      return ResponseEntity.status(404).build();
    }
    return switch (arrivals.receive(parcel.get(), from, http.getInputStream())) {
      case ARRIVED -> {
        changes.happened();
        yield ResponseEntity.noContent().build();
      }
      case INCOMPLETE -> ResponseEntity.status(409).build();
      case FORGED -> ResponseEntity.status(422).build();
    };
  }

  private <E extends ShareEntry> Signed<E> from(String caller, String jws, Class<E> kind) {
    return signatures
        .verify(jws, kind)
        .filter(signed -> signed.keyId().equals(caller))
        .orElseThrow(() ->
            new RefusedException(RefusedException.Reason.FORBIDDEN, "Not signed by its sender."));
  }

  private static String body(HttpServletRequest http) throws IOException {
    byte[] body = http.getInputStream().readNBytes(LONGEST + 1);
    if (body.length > LONGEST) {
      throw new RefusedException(RefusedException.Reason.MALFORMED, "Too long.");
    }
    return new String(body, StandardCharsets.UTF_8);
  }

  @ExceptionHandler
  ResponseEntity<String> refused(RefusedException e) {
    int status =
        switch (e.reason()) {
          case UNKNOWN -> 404;
          case FORBIDDEN -> 403;
          case MALFORMED -> 400;
          case UNREACHABLE -> 503;
        };
    return ResponseEntity.status(status).body(e.sentence());
  }

  @ExceptionHandler({JacksonException.class, IllegalArgumentException.class})
  ResponseEntity<String> malformed() {
    return ResponseEntity.badRequest().body("This can't be read.");
  }
}
