package io.distri.peer.web;

import java.nio.charset.StandardCharsets;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The page's style and script, from the program itself. */
@RestController
final class FileController {
  private final Resource style = new ClassPathResource("io/distri/peer/web/peer.css");
  private final Resource script = new ClassPathResource("io/distri/peer/web/live.js");

  @GetMapping("/peer.css")
  ResponseEntity<Resource> style() {
    return ResponseEntity.ok()
        .contentType(new MediaType("text", "css", StandardCharsets.UTF_8))
        .body(style);
  }

  @GetMapping("/live.js")
  ResponseEntity<Resource> script() {
    return ResponseEntity.ok()
        .contentType(new MediaType("text", "javascript", StandardCharsets.UTF_8))
        .body(script);
  }
}
