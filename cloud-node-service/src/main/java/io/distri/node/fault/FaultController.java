package io.distri.node.fault;

import io.distri.node.problem.ProblemException;
import io.distri.protocol.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Begins and ends faults on demand, for callers on this machine. */
@RestController
final class FaultController {
  static final String PATH = "/fault";

  private static final String NONE = "none";

  private final Faults faults;
  private final FaultProperties properties;

  FaultController(Faults faults, FaultProperties properties) {
    this.faults = faults;
    this.properties = properties;
  }

  @PostMapping(PATH)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void play(
      @RequestParam String mode,
      @RequestParam(required = false) @Nullable Double factor,
      @RequestParam(required = false) @Nullable String duration,
      HttpServletRequest http)
      throws UnknownHostException {
    if (!InetAddress.getByName(http.getRemoteAddr()).isLoopbackAddress()) {
      throw new ProblemException(
          ProblemType.FORBIDDEN, "Only this machine may have the node play faults.");
    }
    if (mode.equals(NONE)) {
      faults.end();
      return;
    }
    try {
      Fault usual = properties.fault(mode(mode));
      faults.begin(
          new Fault(
              usual.mode(),
              factor == null ? usual.factor() : factor,
              duration == null ? usual.duration() : parse(duration)));
    } catch (IllegalArgumentException wrong) {
      throw new ProblemException(
          ProblemType.MALFORMED_REQUEST,
          "Ask for mode=dead, silent, slow, refuse, cut-off or none, factor=16, duration=10s.");
    }
  }

  private static FaultMode mode(String key) {
    return FaultMode.valueOf(key.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  private static Duration parse(String duration) {
    return DurationStyle.detectAndParse(duration);
  }
}
