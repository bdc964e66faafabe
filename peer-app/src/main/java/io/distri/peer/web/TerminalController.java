package io.distri.peer.web;

import io.distri.peer.operations.Peer;
import io.distri.peer.sharing.RefusedException;
import io.distri.peer.vault.ResourceName;
import io.distri.peer.viewing.View;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What the terminal has a running peer do. */
@RestController
@RequestMapping("/api")
final class TerminalController {

  /** As many lines as a terminal lists. */
  private static final int MOST = 1000;

  private final Peer peer;

  TerminalController(Peer peer) {
    this.peer = peer;
  }

  /** Everything there is to see. */
  @GetMapping("/state")
  Map<String, Object> state() {
    return Map.of(
        "id", peer.id(),
        "online", peer.online(),
        "catalog", peer.fetchCatalog(0, MOST),
        "inbox", peer.inbox(),
        "pending", peer.pendingApproval(),
        "available", peer.availableResources(),
        "shared", peer.sharedImages(),
        "findings", peer.findings(),
        "own", peer.ownImages().stream().map(image -> image.name().text()).toList());
  }

  @PostMapping("/publish")
  void publish() {
    peer.publishInfo();
  }

  @PostMapping("/request")
  void request(
      @RequestParam("peer") String provider,
      @RequestParam("resource") String resource,
      @RequestParam("views") int views) {
    peer.requestResource(peer.resolve(provider), ResourceName.of(resource), views);
  }

  @PostMapping("/grant")
  void grant(
      @RequestParam("peer") String user,
      @RequestParam("resource") String resource,
      @RequestParam("views") int views) {
    peer.grantResource(peer.resolve(user), ResourceName.of(resource), views);
  }

  @PostMapping("/change")
  void change(
      @RequestParam("peer") String user,
      @RequestParam("resource") String resource,
      @RequestParam("views") int views) {
    peer.updatePermissions(peer.resolve(user), ResourceName.of(resource), views);
  }

  /** Takes one view; the image follows. */
  @PostMapping("/view")
  void view(
      @RequestParam("peer") String provider,
      @RequestParam("resource") String resource,
      HttpServletResponse response)
      throws IOException {
    try (View view = peer.accessResource(peer.resolve(provider), ResourceName.of(resource))) {
      response.setHeader("Distri-Views-Left", Long.toString(view.remaining()));
      try (ImageResponse image = new ImageResponse(response)) {
        view.show(image);
      }
    }
  }

  @PostMapping("/add")
  void add(
      @RequestParam("resource") String resource,
      @RequestParam("thumbnail") boolean thumbnail,
      HttpServletRequest request)
      throws IOException {
    peer.addImage(ResourceName.of(resource), request.getInputStream(), thumbnail);
  }

  @PostMapping("/delete")
  void delete(@RequestParam("resource") String resource) throws IOException {
    peer.deleteImage(ResourceName.of(resource));
  }

  @ExceptionHandler
  ResponseEntity<List<String>> refused(RefusedException e) {
    return ResponseEntity.status(422).body(List.of(e.sentence()));
  }

  @ExceptionHandler
  ResponseEntity<List<String>> malformed(IllegalArgumentException e) {
    return ResponseEntity.badRequest().body(List.of(String.valueOf(e.getMessage()) + "."));
  }
}
