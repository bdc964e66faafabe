package io.distri.node.service;

import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Says how loaded the node is and does nothing else. */
@RestController
final class ProbeController {

  @GetMapping("/probe")
  void probe(HttpServletResponse response) {
    response.setStatus(HttpServletResponse.SC_NO_CONTENT);
  }
}
