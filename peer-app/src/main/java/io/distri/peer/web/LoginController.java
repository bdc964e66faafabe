package io.distri.peer.web;

import io.distri.protocol.guard.Guesses;
import io.distri.protocol.guard.Guesses.Verdict;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Lets a browser in that shows the person's token, where one is set. */
@Controller
final class LoginController {
  private final Secrets secrets;

  LoginController(Secrets secrets) {
    this.secrets = secrets;
  }

  @GetMapping("/login")
  String form(@RequestParam(name = "wrong", required = false) String wrong, Model model) {
    model.addAttribute("token", secrets.form());
    model.addAttribute("wrong", wrong != null);
    return "login";
  }

  @PostMapping("/login")
  String login(
      @RequestParam("secret") String secret,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    Verdict verdict = secrets.login(request.getRemoteAddr(), secret);
    if (verdict == Verdict.TOO_MANY) {
      response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
      response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(Guesses.pause().toSeconds()));
      model.addAttribute("token", secrets.form());
      model.addAttribute("tooMany", true);
      return "login";
    }
    if (verdict == Verdict.WRONG) {
      return "redirect:/login?wrong";
    }
    response.addHeader(
        "Set-Cookie",
        ResponseCookie.from(WebGuard.COOKIE, secrets.browser())
            .httpOnly(true)
            .sameSite("Strict")
            .path("/")
            .build()
            .toString());
    return "redirect:/";
  }
}
