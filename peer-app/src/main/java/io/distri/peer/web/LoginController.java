package io.distri.peer.web;

import jakarta.servlet.http.HttpServletResponse;
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
  String login(@RequestParam("secret") String secret, HttpServletResponse response) {
    if (!secrets.isLogin(secret)) {
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
