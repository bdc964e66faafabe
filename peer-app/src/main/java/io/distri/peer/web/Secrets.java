package io.distri.peer.web;

import io.distri.protocol.guard.Guesses;
import io.distri.protocol.guard.Guesses.Verdict;
import io.distri.protocol.guard.RareLog;
import io.distri.protocol.guard.Source;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What callers of the page have to know; new at every start but for the person's own token. Safe
 * for many threads.
 */
final class Secrets {
  private static final int BYTES = 24;

  private static final Logger log = LoggerFactory.getLogger(Secrets.class);

  private final String form = random();
  private final String terminal = random();
  private final String browser = random();
  private final @Nullable String login;
  private final Guesses guesses = new Guesses();
  private final RareLog rare = RareLog.everyMinute();

  /**
   * @param login what a browser has to show; null where it needs to show nothing
   */
  Secrets(@Nullable String login) {
    this.login = login;
  }

  /** In the page's own forms. */
  String form() {
    return form;
  }

  /** In the file that the terminal reads. */
  String terminal() {
    return terminal;
  }

  /** In the cookie of a browser that has logged in. */
  String browser() {
    return browser;
  }

  boolean isForm(@Nullable String given) {
    return same(form, given);
  }

  /** Judges what a terminal shows, from that address. */
  Verdict terminal(String address, @Nullable String given) {
    return given == null ? Verdict.WRONG : judge(address, "terminal", same(terminal, given));
  }

  boolean isBrowser(@Nullable String given) {
    return login == null || same(browser, given);
  }

  /** Judges what somebody shows who logs in, from that address. */
  Verdict login(String address, @Nullable String given) {
    return judge(address, "login", login != null && same(login, given));
  }

  private Verdict judge(String address, String credential, boolean right) {
    Verdict verdict = guesses.judge(address, right ? credential : null);
    if (verdict != Verdict.RIGHT && rare.mayLog(Source.of(address) + verdict)) {
      log.warn(
          verdict == Verdict.WRONG
              ? "somebody at {} showed a wrong token"
              : "somebody at {} showed so many wrong tokens that no more are looked at for a while",
          address);
    }
    return verdict;
  }

  private static boolean same(String known, @Nullable String given) {
    return given != null
        && MessageDigest.isEqual(
            known.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }

  private static String random() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
